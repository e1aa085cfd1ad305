//! What a moderator sees: every setting in words, and what can be pressed to change one.
//!
//! Everything in it is for one person alone. A setting that names what the knowledge no longer has is shown as if it were not set.

use crate::discord::commands::{self};
use crate::discord::custom_id::{self, Press};
use crate::discord::markdown::{cut, escape, one_line};
use crate::discord::payload::{self, Body, Button, Row, Select, SelectOption, Style};
use crate::discord::servers::Server;
use crate::discord::texts::Texts;
use crate::knowledge::{Facet, FacetId, Knowledge};

use super::act::{Setting, SettingsAct};

/// The most answer channels, and the most channels with a topic: as many as one select takes.
pub(super) const MOST_CHANNELS: usize = 25;
/// As many of a list are shown in words.
const MOST_SHOWN: usize = 8;
/// What can be chosen as a pause, in seconds.
const COOLDOWNS: [u32; 7] = [5, 10, 15, 30, 60, 120, 300];
/// Stands for nothing, among the values of a select.
pub(super) const NONE: &str = "none";
/// The values of a button that sets and of one that does not.
pub(super) const YES: &str = "y";
/// See [`YES`].
pub(super) const NO: &str = "n";

/// What settings are shown with.
#[derive(Clone, Copy)]
pub(super) struct View<'event> {
    /// The server.
    pub(super) guild: u64,
    /// What it has set.
    pub(super) server: &'event Server,
    /// What settings are about.
    pub(super) knowledge: &'event Knowledge,
    /// Whether Mabel reads messages that do not mention her.
    pub(super) listens: bool,
    /// The words.
    pub(super) texts: Texts,
}

impl View<'_> {
    /// All settings, below what was done.
    pub(super) fn all(self, done: Option<&str>) -> Body {
        let lines = self.settings().into_iter().map(|setting| format!("- {}", self.line(&setting)));
        let content = [done.map(|done| format!("{done}\n")), Some(self.texts.settings_heading())].into_iter().flatten().chain(lines);
        let options = self.settings().into_iter().filter_map(|setting| option(&self.label(&setting), setting.code())).collect();
        let mut components = vec![self.select(&self.texts.settings_choose(), options, SettingsAct::Open)];
        let buttons = [
            (Style::Secondary, self.texts.settings_to_file(), SettingsAct::Export),
            (Style::Secondary, self.texts.settings_from_text(), SettingsAct::Import),
        ];
        components.push(self.row(buttons));
        body(&content.collect::<Vec<_>>().join("\n"), components)
    }

    /// One setting, and how to change it.
    pub(super) fn one(self, setting: &Setting) -> Body {
        let mut components = self.controls(setting);
        let clear = self.clear(setting).map(|(label, act)| (Style::Secondary, label, act));
        let back = (Style::Secondary, self.texts.settings_back(), SettingsAct::Back);
        components.push(self.row(clear.into_iter().chain([back])));
        body(&self.line(setting), components)
    }

    /// Which topic a channel is about.
    pub(super) fn topic_of(self, channel: u64) -> Body {
        let topics = self.knowledge.topics.iter().take(payload::OPTIONS - 1);
        let none = option(&self.texts.no_topic(), NONE.to_owned());
        let options = topics.filter_map(|topic| option(&topic.title, topic.id.to_string())).chain(none).collect();
        let select = self.select(&self.texts.label_topics(), options, SettingsAct::SetTopic(channel));
        let back = (Style::Secondary, self.texts.settings_back(), SettingsAct::Back);
        body(&self.texts.choose_topic(&channel_mention(channel)), vec![select, self.row([back])])
    }

    /// Everything that can be set.
    fn settings(self) -> Vec<Setting> {
        let homes = self.knowledge.facets.iter().filter(|facet| facet.home).map(|facet| Setting::Default(facet.id.clone(), 0));
        let others = [
            Setting::Private,
            Setting::AnswerChannels,
            Setting::Topics,
            Setting::PlainText,
            Setting::Language,
            Setting::Curators,
            Setting::Cooldown,
        ];
        homes.chain(others).collect()
    }

    fn label(self, setting: &Setting) -> String {
        let texts = self.texts;
        match setting {
            Setting::Default(facet, _) => texts.label_default(&self.facet_name(facet)),
            Setting::Private => texts.label_private(),
            Setting::AnswerChannels => texts.label_channels(),
            Setting::Topics => texts.label_topics(),
            Setting::PlainText => texts.label_plain_text(),
            Setting::Language => texts.label_language(),
            Setting::Curators => texts.label_curators(),
            Setting::Cooldown => texts.label_cooldown(),
        }
    }

    /// A setting in words, as it is now.
    pub(super) fn line(self, setting: &Setting) -> String {
        let (texts, settings) = (self.texts, &self.server.settings);
        match setting {
            Setting::Default(facet, _) => self.default_line(facet),
            Setting::Private if settings.private_by_default => texts.set_private(),
            Setting::Private => texts.set_public(),
            Setting::AnswerChannels if settings.answer_channels.is_empty() => texts.set_no_channels(),
            Setting::AnswerChannels => {
                let said = texts.set_channels(&self.listed(settings.answer_channels.iter().map(|channel| channel_mention(*channel))));
                if self.listens { said } else { format!("{said} {}", texts.channels_unheard()) }
            }
            Setting::Topics => self.topics_line(),
            Setting::PlainText if settings.plain_text => texts.set_plain_text(),
            Setting::PlainText => texts.set_rich_text(),
            Setting::Language => match &settings.locale {
                Some(locale) => texts.set_language(&Texts::of_locale(locale).own_name()),
                None => texts.set_language_of_server(),
            },
            Setting::Curators => match settings.curator_role {
                Some(role) => texts.set_curators(&format!("<@&{role}>")),
                None => texts.set_no_curators(),
            },
            Setting::Cooldown if settings.cooldown_seconds == 0 => texts.set_no_cooldown(),
            Setting::Cooldown => texts.set_cooldown(&texts.seconds(settings.cooldown_seconds as usize)),
        }
    }

    fn default_line(self, facet: &FacetId) -> String {
        let name = self.facet_name(facet);
        let value = self.server.settings.default_facets.get(facet);
        let value = value.and_then(|value| self.knowledge.facet(facet.as_str())?.value(value.as_str()));
        match value {
            Some(value) => self.texts.set_default(&name, &escape(&one_line(&value.name))),
            None => self.texts.set_no_default(&name),
        }
    }

    fn topics_line(self) -> String {
        let topics = self.server.settings.channel_topics.iter().filter_map(|(channel, topic)| {
            let title = &self.knowledge.topic(topic.as_str())?.title;
            Some(self.texts.topic_of_channel(&channel_mention(*channel), &escape(&one_line(title))))
        });
        let topics: Vec<String> = topics.collect();
        if topics.is_empty() { self.texts.set_no_topics() } else { self.texts.set_topics(&self.listed(topics.into_iter())) }
    }

    /// The first of a list, and how many more there are.
    fn listed(self, items: impl Iterator<Item = String>) -> String {
        let mut items: Vec<String> = items.collect();
        let more = items.len().saturating_sub(MOST_SHOWN);
        if more > 0 {
            items.truncate(MOST_SHOWN);
            items.push(self.texts.and_more(more));
        }
        items.join(", ")
    }

    /// What a setting is changed with.
    fn controls(self, setting: &Setting) -> Vec<Row> {
        let (texts, settings) = (self.texts, &self.server.settings);
        let set = |setting: &Setting| SettingsAct::Set(setting.clone(), None);
        match setting {
            Setting::Default(facet, _) => self.knowledge.facet(facet.as_str()).map(|facet| self.values(facet)).unwrap_or_default(),
            Setting::Private => vec![self.choice(setting, texts.make_private(), texts.make_public())],
            Setting::PlainText => vec![self.choice(setting, texts.make_plain_text(), texts.make_rich_text())],
            Setting::AnswerChannels => {
                let chosen = settings.answer_channels.iter().copied();
                vec![Row::select(Select::channels(self.id(set(setting)), texts.choose_channels(), chosen, MOST_CHANNELS))]
            }
            Setting::Topics => {
                vec![Row::select(Select::channels(self.id(set(setting)), texts.choose_topic_channel(), [], 1))]
            }
            Setting::Curators => {
                vec![Row::select(Select::role(self.id(set(setting)), texts.choose_curators(), settings.curator_role))]
            }
            Setting::Language => {
                let languages = [Texts::english()].into_iter().chain(Texts::others());
                let languages = languages.filter_map(|texts| option(&texts.own_name(), texts.locales().last()?.to_owned()));
                let options = languages.chain(option(&texts.language_of_server(), NONE.to_owned())).collect();
                vec![self.select(&texts.choose_language(), options, set(setting))]
            }
            Setting::Cooldown => {
                let pauses = COOLDOWNS.iter().filter_map(|seconds| option(&texts.seconds(*seconds as usize), seconds.to_string()));
                let options = option(&texts.no_cooldown(), "0".to_owned()).into_iter().chain(pauses).collect();
                vec![self.select(&texts.choose_cooldown(), options, set(setting))]
            }
        }
    }

    /// The button that takes a setting away, where one is needed.
    fn clear(self, setting: &Setting) -> Option<(String, SettingsAct)> {
        let settings = &self.server.settings;
        let none = || SettingsAct::Set(setting.clone(), Some(NONE.to_owned()));
        match setting {
            Setting::Default(facet, _) if settings.default_facets.contains_key(facet) => {
                Some((self.texts.no_default(&self.facet_name(facet)), none()))
            }
            Setting::Curators if settings.curator_role.is_some() => Some((self.texts.no_curators(), none())),
            _ => None,
        }
    }

    /// Selects for the values of a facet, in the order of the alphabet.
    fn values(self, facet: &Facet) -> Vec<Row> {
        let mut values: Vec<(&str, &str)> = facet.values.iter().map(|value| (value.name.as_str(), value.id.as_str())).collect();
        values.sort_by_key(|(name, _)| name.to_lowercase());
        let options: Vec<SelectOption> = values.into_iter().filter_map(|(name, id)| option(name, id.to_owned())).collect();
        let parts = options.len().div_ceil(payload::OPTIONS).max(1);
        let prompt = self.texts.choose_default(&self.facet_name(&facet.id));
        let part = |(part, number): (&[SelectOption], u8)| {
            let (first, last) = (part.first()?, part.last()?);
            let says = self.texts.part_of(&prompt, &first.label, &last.label);
            Some(self.select(&says, part.to_vec(), SettingsAct::Set(Setting::Default(facet.id.clone(), number), None)))
        };
        options.chunks(options.len().div_ceil(parts).max(1)).zip(0..).take(payload::ROWS - 1).filter_map(part).collect()
    }

    /// Two buttons of which one is pressed.
    fn choice(self, setting: &Setting, yes: String, no: String) -> Row {
        let set = |value: &str| SettingsAct::Set(setting.clone(), Some(value.to_owned()));
        self.row([(Style::Primary, yes, set(YES)), (Style::Primary, no, set(NO))])
    }

    fn facet_name(self, facet: &FacetId) -> String {
        self.knowledge.facet(facet.as_str()).map_or_else(|| facet.to_string(), |facet| escape(&one_line(&facet.name)))
    }

    fn row(self, buttons: impl IntoIterator<Item = (Style, String, SettingsAct)>) -> Row {
        let button =
            |(style, label, act): (Style, String, SettingsAct)| Button::new(style, cut(&one_line(&label), payload::LABEL), self.id(act));
        Row::of(buttons.into_iter().map(button).collect())
    }

    fn select(self, placeholder: &str, options: Vec<SelectOption>, act: SettingsAct) -> Row {
        Row::select(Select::new(self.id(act), cut(&one_line(placeholder), payload::PLACEHOLDER), options))
    }

    /// The `custom_id` of an act. Every one fits but that of a facet with a very long name, whose press then says that it is too old.
    fn id(self, act: SettingsAct) -> String {
        custom_id::encode(&Press::Settings { guild: self.guild, act }).unwrap_or_else(|| commands::SHOW.to_owned())
    }
}

fn body(content: &str, components: Vec<Row>) -> Body {
    Body { components, ..Body::text(cut(content, payload::CONTENT)) }.private()
}

fn option(label: &str, value: String) -> Option<SelectOption> {
    let label = cut(&one_line(label), payload::OPTION);
    (!label.is_empty() && (1..=payload::OPTION).contains(&value.chars().count())).then_some(SelectOption { label, value })
}

fn channel_mention(channel: u64) -> String {
    format!("<#{channel}>")
}
