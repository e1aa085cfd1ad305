//! What curators see and hear: a server's own answers, and what was not answered.

messages! {
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
