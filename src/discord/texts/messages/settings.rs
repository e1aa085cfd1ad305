//! What a server can set. Names of commands and options, then one line on what each does or takes.

messages! {
    /// The command of settings.
    command_settings();
    /// What it does.
    command_settings_does();
    /// The one that shows them.
    settings_show();
    /// What it does.
    settings_show_does();
    /// The one that gives them as a file.
    settings_export();
    /// What it does.
    settings_export_does();
    /// The one that takes those of a file.
    settings_import();
    /// What it does.
    settings_import_does();
    /// The option that holds a file.
    option_file();
    /// What it takes.
    option_file_takes();

    /// Above the settings.
    settings_heading();
    /// What stands on the select of settings.
    settings_choose();
    /// The button that gives the settings as a file.
    settings_to_file();
    /// The button that asks for the text of a file.
    settings_from_text();
    /// The button that leads back to all settings.
    settings_back();
    /// Before the line of a setting that was changed.
    settings_saved();
    /// A setting could not be kept.
    settings_lost();
    /// Something was chosen that is no more.
    settings_gone();
    /// Somebody may not do that.
    only_managers();
    /// Somebody may not do that.
    only_curators();
    /// What is done in servers was done elsewhere.
    only_in_servers();
    /// A button from another server.
    other_server();

    /// What the setting of the default value of a facet is called.
    label_default(facet: &str);
    /// The default value of a facet.
    set_default(facet: &str, value: &str);
    /// None is set.
    set_no_default(facet: &str);
    /// What stands on its select.
    choose_default(facet: &str);
    /// The button that sets none.
    no_default(facet: &str);
    /// What the setting of private answers is called.
    label_private();
    /// Answers are private by default.
    set_private();
    /// Answers are public by default.
    set_public();
    /// The button that makes them private.
    make_private();
    /// The button that makes them public.
    make_public();
    /// What the setting of answer channels is called.
    label_channels();
    /// Where questions are answered that are not put to Mabel.
    set_channels(channels: &str);
    /// Nowhere.
    set_no_channels();
    /// That Mabel cannot hear there.
    channels_unheard();
    /// What stands on its select.
    choose_channels();
    /// What the setting of topics is called.
    label_topics();
    /// What channels are about.
    set_topics(topics: &str);
    /// None is about anything.
    set_no_topics();
    /// One of them.
    topic_of_channel(channel: &str, topic: &str);
    /// What stands on the select of a channel.
    choose_topic_channel();
    /// What stands on the select of its topic.
    choose_topic(channel: &str);
    /// The option that takes the topic away.
    no_topic();
    /// There are as many as there may be.
    too_many_topics(most: usize);
    /// What the setting of plain text is called.
    label_plain_text();
    /// Answers come as plain text.
    set_plain_text();
    /// Answers come with boxes.
    set_rich_text();
    /// The button that makes them plain.
    make_plain_text();
    /// The button that brings boxes back.
    make_rich_text();
    /// What the setting of the language is called.
    label_language();
    /// The language is set.
    set_language(language: &str);
    /// The language is Discord's.
    set_language_of_server();
    /// What stands on its select.
    choose_language();
    /// The option that leaves it to Discord.
    language_of_server();
    /// What the language of the catalogue calls itself.
    own_name();
    /// What the setting of curators is called.
    label_curators();
    /// The role of the curators.
    set_curators(role: &str);
    /// There is none.
    set_no_curators();
    /// What stands on its select.
    choose_curators();
    /// The button that takes it away.
    no_curators();
    /// What the setting of the pause between questions is called.
    label_cooldown();
    /// How long a person waits.
    set_cooldown(pause: &str);
    /// Not at all.
    set_no_cooldown();
    /// What stands on its select.
    choose_cooldown();
    /// The option of none.
    no_cooldown();
    /// The last of a list that is too long.
    and_more(count: usize);

    /// The settings as a file.
    exported();
    /// Above the form that takes a text.
    import_title();
    /// Its field.
    import_text();
    /// Settings were taken.
    imported();
    /// They were not, and why.
    not_imported();
    /// The same without own answers, where neither a file nor a text of all can be given.
    exported_without_own();
    /// How many own answers of a text were taken over.
    imported_own(added: usize, changed: usize);
    /// What of a text was left out: channels and roles that the server does not have.
    left_out(ids: &str);
    /// It could not be seen which ones it has.
    not_compared();
    /// The store failed while own answers were taken over.
    import_cut_short(kept: usize, all: usize);
    /// The file is too large.
    file_too_large(most: usize);
    /// The file could not be fetched.
    file_lost();
    /// The file is no text.
    file_no_text();
}
