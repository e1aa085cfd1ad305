# English: the language of the names that never change, and of whoever reads none of the others.
# Each message stands in every file of this folder under the same name and with the same variables; see CONTRIBUTING.md, "Add a language".

## Commands and options. A name: at most 32 small letters, digits, hyphens and underscores; a description: at most 100 characters.

command_ask = ask
command_ask_does = Ask in your own words and get a short answer with its sources
command_topics = topics
command_topics_does = What I can answer, by topic
command_sources = sources
command_sources_does = Where an answer comes from, with dates; without a question, an overview
command_about = about
command_about_does = What I am, what I know and as of when
command_help = help
command_help_does = How to ask me, and my commands
command_privacy = privacy
command_privacy_does = What I read and what I keep
menu_answer_message = Ask Mabel about this
option_question = question
option_question_takes = Your question; pick one that is offered, or write your own
option_entry = entry
option_entry_takes = The question whose sources you want to see
option_private = private
option_private_takes = Show the answer to you alone

## Headings, buttons and selects

sources = Sources
not_translated = I have this answer in English only.
show_sources = Sources
more = More
post_it = Post it
helpful = Helpful
not_helpful = Not helpful
delete = Delete
related = Related questions
questions_of_topic = See the questions of a topic
part_of = { $prompt } { $first } to { $last }
part_of_one = { $prompt } { $only }

## Notes to one person

posted = Posted as a reply to the message.
posted_before = That message has an answer of mine already.
cannot_post = I may not write in this channel, so only you can see this answer.
may_not_post = You may not write in this channel, so I did not post it. Only you can see this answer.
message_gone = That message is no longer there, so I did not post it. Only you can see this answer.
post_failed = Discord did not take the answer. Please try again in a minute.
voted_helpful = Thank you. Your vote is counted, without your name.
voted_not_helpful = Thank you for telling. Your vote is counted, without your name. Asking in other words may bring a better answer.
voted_before = Your vote on this answer is counted already; you can vote on it again tomorrow.
vote_lost = I could not keep your vote just now. Please try again in a minute.
not_yours = Only the person who asked and people who manage messages here can delete this.
old_button = This button is from another version of me. Please ask again.
gone = My knowledge has changed since then, and this answer is no longer in it. Please ask again.
no_text = There is no text in that message that I could answer.
own_message = That message is my own. To go on from it, reply to it or press one of its buttons.
unknown_command = I do not know this command. It may have changed; please try again in a minute.
unreadable = There is something in this message that I cannot read.
broken = Something went wrong on my side. Please try again.
nothing = I have nothing to say to that.
limited = That is a lot at once. Please give me { $wait }, then ask me again.
limited_place = A lot is being asked here right now. Please give me { $wait }, then ask me again.
seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
answered_before = I answered that here a moment ago: { $link }
no_sources = I have no answer to that, so there are no sources to show. Please pick one of the questions that are offered while you type.
nothing_given = Please fill in at least one of the options that open after the command.
unknown_value = I do not know what you wrote for `{ $option }`. Please pick one from the list that opens while you type.
unknown_value_near = I do not know what you wrote for `{ $option }`. Did you mean { $near }? Please pick one from the list that opens while you type.
nothing_to_compare = To compare, please fill in { $wants } as well as `{ $option }`.
or = { $first } or { $last }

## Topics and sources

topics_heading = **{ $knowledge }: what I can answer**
answers = { $count ->
    [one] 1 answer
   *[other] { $count } answers
}
questions_heading = **{ $topic }**: I have answers to { $count ->
    [one] 1 question
   *[other] { $count } questions
}. Choose one.
sources_heading = **Sources for:** { $question }
review = To be checked again by { $date }.
law = law
regulator = regulator
credential_body = credential body
statistics = official statistics
professional_body = professional body
employer = employer
school = school
secondary_source = secondary source
reliable = reliable
fairly_reliable = fairly reliable
less_certain = less certain
all_sources_heading = **Where my answers come from**
all_sources = Every answer names its sources and their dates. I know { $count ->
    [one] 1 source
   *[other] { $count } sources
} in all:
all_sources_more = To see the sources of one answer, press **Sources** under it, or use `/{ $command }` and pick its question.

## About

about_mabel = **I am Mabel.** I answer questions from files that people wrote and checked, with the source and the date of every answer. I make nothing up: unsure, I ask back; what I do not know, I say so.
about_knowledge = What I know: { $name }, version { $version }
about_counts = { $answers ->
    [one] 1 answer
   *[other] { $answers } answers
}, { $facts ->
    [one] 1 fact
   *[other] { $facts } facts
} in tables, { $sources ->
    [one] 1 source
   *[other] { $sources } sources
}
about_program = Program version { $version }

## Help

help_heading = **How to ask me**
help_mention = Mention me with your question, reply to one of my answers to go on from it, or write to me directly.
help_menu = Open the menu of a message, then Apps, then **{ $menu }**. Only you see the answer until you post it.
help_edits = Edit your question and I change my answer; delete it and mine goes too.
help_commands = **Commands**, each with `{ $private }` to show the answer to you alone

## Privacy

privacy_reads = **What I read:** the text of a question that is put to me: a command, a message picked in the menu, a message that mentions me or replies to me, a direct message. No other messages.
privacy_keeps = **What I keep:** while I run, which answer belongs to which question (numbers of messages, never their text), so that I can follow your edits and deletions. Also how much was asked in the last minutes, without who asked, and the language of each server. Votes as a count for an answer and a day, without your name. No names, no questions.
privacy_sends = **What I send elsewhere:** nothing.
privacy_please = Please never write what could identify a patient. Delete your question, or press **Delete** under an answer, and the answer goes.

## Dates

month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
date_day = { $month } { $day }, { $year }
date_month = { $month } { $year }
date_about = about { $date }
undated = undated, read { $date }
as_of = as of { $date }
as_of_about = as of about { $date }
as_of_span = as of { $oldest } to { $newest }
