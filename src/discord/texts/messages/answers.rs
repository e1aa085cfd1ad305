//! What answers are surrounded by, for everybody: commands, buttons, notes, dates, and what an answer says of its place.
//!
//! Of a command and its options stand the name that Discord shows, then one line on what it does. In English the name is the one that
//! never changes.

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
    /// The button that answers another question of the same message.
    you_also_asked(question: &str);
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
}
