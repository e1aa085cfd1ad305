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
show_picture = Show picture
picture_in_words =
    I cannot show a picture here. In words:

    { $alt }
post_it = Post it
you_also_asked = You also asked: { $question }
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

about_mabel = **I am Mabel.** I answer questions from files that were written and checked beforehand, with the source and the date of every answer. I make nothing up: unsure, I ask back; what I do not know, I say so.
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

privacy_reads = **What I read:** the text of a question that is put to me: a command, a message picked in the menu, a message that mentions me or replies to me, a direct message. Other messages only in channels where those who manage the server want me to answer by myself.
privacy_keeps = **What I keep:** for 7 days, which answer belongs to which question (numbers of messages, never their text), so that I can follow your edits and deletions. Votes as a count for an answer and a day, without your name. Of a question I cannot answer, single words in alphabetical order, so that people see what is missing, and nothing at all if it seems to tell of a person. What a server has set, until 30 days after I leave it. While I run, how much was asked in the last minutes, without who asked. No names, no questions.
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

## Settings of a server

command_settings = settings
command_settings_does = What this server has set: default state, answer channels, language and more
settings_show = show
settings_show_does = See all settings, and change them
settings_export = export
settings_export_does = Get the settings as a file
settings_import = import
settings_import_does = Take settings from a file; without one, paste its text
option_file = file
option_file_takes = A file as export gives it
settings_heading = **What is set for this server**
settings_choose = Change a setting
settings_to_file = Export
settings_from_text = Import
settings_back = Back to all settings
settings_saved = Saved.
settings_lost = I could not keep that just now. Nothing has changed; please try again in a minute.
settings_gone = What you chose is no longer there. Nothing has changed.
only_managers = Only people who may manage this server can see and change its settings.
only_curators = Only curators, and people who may manage this server, can do that.
only_in_servers = This works in servers only.
other_server = This button is from another server. Nothing has changed.
label_default = Default { $facet }
set_default = **Default { $facet }**: { $value }. It is taken where a question names none, and the answer says so.
set_no_default = **Default { $facet }**: none.
choose_default = Choose a { $facet }:
no_default = No default { $facet }
label_private = Who sees answers
set_private = **Answers to commands**: for the person alone, unless they set `private` to false.
set_public = **Answers to commands**: for all to see, unless the person sets `private`.
make_private = For the person alone
make_public = For all to see
label_channels = Answer channels
set_channels = **Answer channels**: { $channels }. There I answer clear questions that nobody put to me, and stay silent in doubt.
set_no_channels = **Answer channels**: none. I answer only what is put to me.
channels_unheard = I cannot read messages that do not mention me, so these channels rest. Whoever runs me has to set `discord.message_content`.
choose_channels = Choose the channels; forums work, too
label_topics = Topics of channels
set_topics = **Topics of channels**: { $topics }. A question that could mean several things is taken for that topic there.
set_no_topics = **Topics of channels**: none.
topic_of_channel = { $channel }: { $topic }
choose_topic_channel = Choose a channel
choose_topic = Which topic are questions in { $channel } about?
no_topic = No topic
too_many_topics = At most { $most } channels can have a topic. Take one away first.
label_plain_text = Plain text
set_plain_text = **Plain text**: yes. Answers come without boxes.
set_rich_text = **Plain text**: no. Sources and caveats stand in a box below the answer.
make_plain_text = Plain text
make_rich_text = With boxes
label_language = Language
set_language = **Language** of what all see: { $language }.
set_language_of_server = **Language** of what all see: the one that is set for this server in Discord.
choose_language = Choose a language
language_of_server = As set for this server in Discord
own_name = English
label_curators = Curators
set_curators = **Curators**: { $role }, and whoever may manage this server. They look after its own answers.
set_no_curators = **Curators**: whoever may manage this server. They look after its own answers.
choose_curators = Choose a role
no_curators = No role
label_cooldown = Pause between questions
set_cooldown = **Pause** between two questions of a person: { $pause }.
set_no_cooldown = **Pause** between two questions of a person: none of this server's own.
choose_cooldown = How long does a person wait?
no_cooldown = Not at all
and_more = and { $count } more
exported = The settings and own answers of this server, to keep or to take over elsewhere.
import_title = Settings to take over
import_text = The text of an exported file
imported = Taken over.
not_imported = Nothing was taken over, because of this:
exported_without_own = The settings of this server, to keep or to take over elsewhere. I may not attach files here, and with its own answers they are too long for a message: those are not in it.
imported_own = Own answers: { $added } new, { $changed } changed; none was removed.
left_out = Left out, because this server has no such channel or role to offer: { $ids }
not_compared = I could not see which channels and roles this server has. Nothing has changed; please try again in a minute.
import_cut_short = I could not keep all of it just now: { $kept } of { $all } own answers were taken over, and no setting was changed. To take over the rest, import it again in a minute.
file_too_large = The file is too large: settings take at most { $most } bytes. Nothing has changed.
file_lost = I could not fetch the file. Nothing has changed; please try again in a minute.
file_no_text = That file is no text. Nothing has changed.

## Own answers of a server

command_own = own
command_own_does = Answers of this server's own, such as policies and dates: for its curators
own_add = add
own_add_does = Add an answer of this server's own
own_edit = edit
own_edit_does = Change one of them
own_remove = remove
own_remove_does = Remove one of them
own_list = list
own_list_does = See all of them
option_answer = answer
option_answer_takes = Which one; pick from the list that opens while you type
own_mark = This server's own answer, not from Mabel's reviewed knowledge. Last changed { $date }.
own_add_title = An answer of this server's own
own_edit_title = Change this server's own answer
own_question = Question, as it heads the answer
own_wordings = Other ways to ask it, one a line
own_answer = Answer
own_added = Added. Asked in this server, it reads:
own_changed = Changed. Asked in this server, it reads:
own_removed = Removed: { $question }
own_kept = Nothing was removed.
own_unknown = There is no such answer of this server's own. Please pick one from the list that opens while you type.
own_full = This server has { $most } answers of its own, which is as many as there can be. Remove one first.
own_refused = I did not take it, because of this:
own_text_to_copy = What you wrote, to copy:
own_empty = **{ $field }** is empty.
own_too_long = **{ $field }** has { $length } characters; { $most } are allowed.
own_too_many_wordings = There can be at most { $most } other ways to ask it.
own_pings = **{ $field }** mentions people, roles or everyone. An answer pings nobody: write names instead.
own_says_nothing = “{ $wording }” holds no word that I could go by.
own_always_stopped = Every way to ask it is stopped for safety before any answer is looked for. It would never be seen.
own_stopped = “{ $wording }” is stopped for safety: asked so, I say what I always say to it, never this answer.
own_like_own = “{ $wording }” is nearly what another answer of this server's own is asked by: { $question }
own_like_mabels = “{ $wording }” is a question that I have an answer to: { $question } Asked so, this server's answer comes first, and mine is offered below it.
own_warnings = Please note:
own_remove_sure = Remove this answer for good? **{ $question }**
own_remove_yes = Remove
own_remove_no = Keep it
own_heading = **{ $count ->
    [one] 1 answer
   *[other] { $count } answers
} of this server's own** (of { $most })
own_none = This server has no answers of its own yet. Add one with `/{ $command }`.
own_line = asked in { $wordings ->
    [one] 1 way
   *[other] { $wordings } ways
}, changed { $date }
page_before = Previous
page_next = Next
own_lost = I could not keep that just now. Nothing has changed; please try again in a minute.

## Answers in their place

assumed = For { $value }, this server's { $facet }.
unasked = You did not ask me; in this channel I answer clear questions by myself.
dismiss = Not what I meant
help_managers = **For those who look after the server**: `/{ $settings }` for its settings, `/{ $own }` for answers of its own
help_gaps = `/{ $gaps }` for what I could not answer

## What curators of the operator's own servers see and hear

command_gaps = gaps
command_gaps_does = What was asked and not answered, and votes on answers: for curators
gaps_heading = **Asked and not answered** in all servers since { $since }, the most asked first. Of a question only words are kept, in the order of the alphabet; those that are alike stand together.
gaps_none = Nothing that I keep words of was left unanswered since { $since }.
gap_count = asked { $count ->
    [one] once
   *[other] { $count } times
}
gap_week = { $count } in the week of { $date }
gap_others = also: { $words }
votes_heading = **Votes on answers** in all servers since { $since }, those that helped least first.
votes_none = Nobody voted on an answer since { $since }.
vote_line = { $helpful } helpful, { $not_helpful } not helpful
see_votes = Votes on answers
see_gaps = What was not answered
gaps_elsewhere = What I could not answer is kept without the server it was asked in. So it is shown only in servers that whoever runs me has named, and this is none of them.
gaps_lost = I could not read that just now. Please try again in a minute.
knowledge_refused = **Changed knowledge files are not in use**: { $errors ->
    [one] 1 fault keeps
   *[other] { $errors } faults keep
} them from being used. I go on answering by the ones I had before. `mabel check` names each fault with file, line and mend. I say this once in this server.
