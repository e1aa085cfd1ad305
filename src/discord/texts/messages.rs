//! The messages of the catalogue: what each says, and what is filled in.
//!
//! Each is a method, so that no message can be asked for that there is not, and none without what it needs. The wordings are in
//! `catalogue/*.ftl` under the same names; a test holds every file to this list, message by message and variable by variable.

use fluent_bundle::FluentValue;

use super::Texts;

/// Declares messages: each is a method of [`Texts`], named in the files as here.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident($($variable:ident: $kind:ty),*);)*) => {
        impl Texts {
            $($(#[$doc])*
            #[must_use]
            pub fn $name(self, $($variable: $kind),*) -> String {
                self.say(stringify!($name), [$((stringify!($variable), FluentValue::from($variable))),*])
            })*
        }

        /// Every message with its variables, for the test that holds the files to them.
        #[cfg(test)]
        pub(super) const DECLARED: &[(&str, &[&str])] = &[$((stringify!($name), &[$(stringify!($variable)),*])),*];
    };
}

// Commands and their options: the name that Discord shows, then one line on what it does. In English the name is the one that never
// changes.
messages! {
    /// The command that asks a question.
    command_ask();
    /// What it does.
    command_ask_does();
    /// The command that lists the topics.
    command_topics();
    /// What it does.
    command_topics_does();
    /// The command that shows sources.
    command_sources();
    /// What it does.
    command_sources_does();
    /// The command that tells who Mabel is.
    command_about();
    /// What it does.
    command_about_does();
    /// The command that tells how to ask.
    command_help();
    /// What it does.
    command_help_does();
    /// The command that tells what is kept.
    command_privacy();
    /// What it does.
    command_privacy_does();
    /// The menu of a message that has it answered.
    menu_answer_message();
    /// The option that holds a question.
    option_question();
    /// What it takes.
    option_question_takes();
    /// The option that names an answer.
    option_entry();
    /// What it takes.
    option_entry_takes();
    /// The option that makes an answer private.
    option_private();
    /// What it takes.
    option_private_takes();

    /// Heading over the sources of an answer.
    sources();
    /// Below an answer that there is not in this language.
    not_translated();
    /// The button that shows all sources.
    show_sources();
    /// The button that shows the detail of an answer.
    more();
    /// The button that shows the picture of an answer.
    show_picture();
    /// In place of a picture that cannot be shown; `alt` says the same in words.
    picture_in_words(alt: &str);
    /// The button that posts a private answer for all to see.
    post_it();
    /// The button of a vote for an answer.
    helpful();
    /// The button of a vote against an answer.
    not_helpful();
    /// The button that deletes an answer.
    delete();
    /// What stands on a select of related questions.
    related();
    /// What stands on the select of topics.
    questions_of_topic();
    /// What stands on one of several selects for a question: what it asks, and the first and last of what it offers.
    part_of(prompt: &str, first: &str, last: &str);
    /// The same, where it offers one thing only.
    part_of_one(prompt: &str, only: &str);

    /// The answer was posted.
    posted();
    /// Somebody had the message answered before.
    posted_before();
    /// The answer could not be posted.
    cannot_post();
    /// The person may not write where they want the answer posted.
    may_not_post();
    /// The message to be answered has gone.
    message_gone();
    /// The answer could not be posted, and it may work later.
    post_failed();
    /// A vote for an answer was counted.
    voted_helpful();
    /// A vote against an answer was counted.
    voted_not_helpful();
    /// Somebody votes on the same answer again.
    voted_before();
    /// A vote could not be kept.
    vote_lost();
    /// Somebody may not delete an answer.
    not_yours();
    /// A button that this version cannot read.
    old_button();
    /// A button whose entry has gone.
    gone();
    /// The menu was used on a message without text.
    no_text();
    /// The menu was used on Mabel's own message.
    own_message();
    /// A command or an interaction that this version does not know.
    unknown_command();
    /// An interaction that could not be read.
    unreadable();
    /// Something went wrong here.
    broken();
    /// A reply without a word in it.
    nothing();
    /// A person asks more than is answered in a minute; `wait` is in words.
    limited(wait: &str);
    /// More is asked in a channel or server than is answered in a minute.
    limited_place(wait: &str);
    /// A wait of less than a minute.
    seconds(count: usize);
    /// A longer wait.
    minutes(count: usize);
    /// The same was answered in the channel a short time ago.
    answered_before(link: &str);
    /// Sources were asked for of what no entry answers.
    no_sources();
    /// A command with nothing in it that can be answered.
    nothing_given();
    /// An option holds what there is not.
    unknown_value(option: &str);
    /// The same, with names it may have been meant for.
    unknown_value_near(option: &str, near: &str);
    /// A second thing is given, and no first; `wants` are the options of which one is wanted.
    nothing_to_compare(option: &str, wants: &str);
    /// The last two of several names.
    or(first: &str, last: &str);

    /// Above the topics.
    topics_heading(knowledge: &str);
    /// How many answers there are.
    answers(count: usize);
    /// Above the questions of a topic.
    questions_heading(topic: &str, count: usize);
    /// Above the sources of an answer.
    sources_heading(question: &str);
    /// When an answer is to be looked at again.
    review(date: &str);
    /// A statute or regulation.
    law();
    /// A board or agency.
    regulator();
    /// A body that certifies.
    credential_body();
    /// Official statistics.
    statistics();
    /// A professional association.
    professional_body();
    /// An employer.
    employer();
    /// A school.
    school();
    /// Anybody who tells what others found.
    secondary_source();
    /// A source to rely on.
    reliable();
    /// A source to rely on with care.
    fairly_reliable();
    /// A source to doubt.
    less_certain();

    /// Above the overview of all sources.
    all_sources_heading();
    /// How many sources there are.
    all_sources(count: usize);
    /// How to see those of one answer; `command` is the name of the command.
    all_sources_more(command: &str);

    /// Who Mabel is.
    about_mabel();
    /// What she knows.
    about_knowledge(name: &str, version: &str);
    /// How much she knows; facts are rows of tables.
    about_counts(answers: usize, facts: usize, sources: usize);
    /// Which release of the program it is.
    about_program(version: &str);

    /// Above how to ask.
    help_heading();
    /// How to ask by message.
    help_mention();
    /// How to ask by the menu of that name.
    help_menu(menu: &str);
    /// That edits are followed.
    help_edits();
    /// Above the commands; `private` is the name of the option.
    help_commands(private: &str);

    /// What is read.
    privacy_reads();
    /// What is kept.
    privacy_keeps();
    /// What is sent elsewhere.
    privacy_sends();
    /// What is asked of people.
    privacy_please();

    /// The name of a month, 1 to 12.
    month(month: i8);
    /// A day.
    date_day(day: i8, month: &str, year: i16);
    /// A month of a year.
    date_month(month: &str, year: i16);
    /// A date that is not exact.
    date_about(date: &str);
    /// A source without a date, and when it was read.
    undated(date: &str);
    /// Since when a claim holds.
    as_of(date: &str);
    /// The same, of a date that is not exact.
    as_of_about(date: &str);
    /// The dates of several claims.
    as_of_span(oldest: &str, newest: &str);

    // What a server can set. Names of commands and options, then one line on what each does or takes.
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

    // Own answers of a server.
    /// The command of own answers.
    command_own();
    /// What it does.
    command_own_does();
    /// The one that adds.
    own_add();
    /// What it does.
    own_add_does();
    /// The one that changes.
    own_edit();
    /// What it does.
    own_edit_does();
    /// The one that removes.
    own_remove();
    /// What it does.
    own_remove_does();
    /// The one that lists.
    own_list();
    /// What it does.
    own_list_does();
    /// The option that names an own answer.
    option_answer();
    /// What it takes.
    option_answer_takes();

    /// Below an own answer: whose it is, and when it was last changed.
    own_mark(date: &str);
    /// Above the form of a new one.
    own_add_title();
    /// Above the form of one that is changed.
    own_edit_title();
    /// The field of the question.
    own_question();
    /// The field of other wordings.
    own_wordings();
    /// The field of the answer.
    own_answer();
    /// An own answer was added.
    own_added();
    /// An own answer was changed.
    own_changed();
    /// An own answer was removed.
    own_removed(question: &str);
    /// An own answer was left after all.
    own_kept();
    /// There is no such own answer.
    own_unknown();
    /// There are as many as there may be.
    own_full(most: usize);
    /// It was not taken, and why.
    own_refused();
    /// A text of the person's, to copy.
    own_text_to_copy();
    /// A field is empty.
    own_empty(field: &str);
    /// A field is too long.
    own_too_long(field: &str, most: usize, length: usize);
    /// There are too many wordings.
    own_too_many_wordings(most: usize);
    /// A text pings people.
    own_pings(field: &str);
    /// A wording says nothing.
    own_says_nothing(wording: &str);
    /// A guard would stop every wording.
    own_always_stopped();
    /// A guard will stop a wording.
    own_stopped(wording: &str);
    /// Another own answer is like it.
    own_like_own(wording: &str, question: &str);
    /// Mabel has an answer to it.
    own_like_mabels(wording: &str, question: &str);
    /// Above the warnings.
    own_warnings();
    /// Asks whether to remove it.
    own_remove_sure(question: &str);
    /// The button that removes.
    own_remove_yes();
    /// The button that does not.
    own_remove_no();
    /// Above the list.
    own_heading(count: usize, most: usize);
    /// There are none.
    own_none(command: &str);
    /// One of them: how many wordings, and when it was last changed.
    own_line(wordings: usize, date: &str);
    /// The button to the page before.
    page_before();
    /// The button to the next page.
    page_next();
    /// An own answer could not be kept.
    own_lost();

    // What an answer says of the place it stands in.
    /// What was taken for granted.
    assumed(value: &str, facet: &str);
    /// Below an answer that nobody asked for.
    unasked();
    /// The button that takes it away.
    dismiss();
    /// The commands of those who look after a server.
    help_managers(settings: &str, own: &str);
    /// What is added to them in the operator's own servers.
    help_gaps(gaps: &str);

    // What curators of the operator's own servers see and hear.
    /// The command that shows what was not answered.
    command_gaps();
    /// What it does.
    command_gaps_does();
    /// Above what was asked and not answered.
    gaps_heading(since: &str);
    /// Nothing was.
    gaps_none(since: &str);
    /// How often something was asked.
    gap_count(count: usize);
    /// How often in a week.
    gap_week(count: &str, date: &str);
    /// In which words else.
    gap_others(words: &str);
    /// Above how answers were received.
    votes_heading(since: &str);
    /// Nobody voted.
    votes_none(since: &str);
    /// How an answer was received.
    vote_line(helpful: usize, not_helpful: usize);
    /// The button to the votes.
    see_votes();
    /// The button to what was not answered.
    see_gaps();
    /// The server is none of the operator's own.
    gaps_elsewhere();
    /// Neither could be read.
    gaps_lost();
    /// Changed knowledge cannot be used.
    knowledge_refused(errors: usize);
}
