//! What is offered while somebody types a command.

use serenity::model::application::CommandInteraction;

use crate::answer::Earlier;
use crate::engine::Engine;
use crate::engine::filling::Filled;
use crate::knowledge::{Field, Takes};

use super::bot::Bot;
use super::commands::{self, Does, OptionTakes};
use super::custom_id::{self, Press};
use super::interactions::{respond, texts_of};
use super::markdown::{cut, one_line};
use super::own_answers;
use super::payload::{self, Callback, Suggestion};
use super::servers::{Scene, Server};

/// Somebody types: suggests questions, or what the field takes. Where there is nothing to suggest, the list stays empty.
pub(super) async fn typing(bot: &Bot, command: &CommandInteraction, scene: &Scene) {
    let engine = bot.engine.get();
    let choices = suggestions(&engine, command, &scene.server).unwrap_or_default();
    respond(bot, command.id.get(), &command.token, &Callback::suggest(choices)).await;
}

fn suggestions(engine: &Engine, command: &CommandInteraction, server: &Server) -> Option<Vec<Suggestion>> {
    let typed = command.data.autocomplete()?;
    let known = commands::find(engine.knowledge(), &command.data.name, false)?;
    let option = known.option(typed.name)?;
    let mut suggestions: Vec<Suggestion> = match (option.takes, known.does) {
        (OptionTakes::Question, _) => questions(engine, typed.value),
        (OptionTakes::Field(field), Does::Fill(form)) => {
            let filled: Filled<'_> = texts_of(command).collect();
            let suggested = engine.suggest_for(form, field, &filled, typed.value, payload::CHOICES);
            suggested.into_iter().filter_map(|(value, name)| suggestion(&name, value.to_string())).collect()
        }
        (OptionTakes::Field(field), _) => beside(engine, field, typed.value),
        (OptionTakes::OwnAnswer, _) => own_answers::suggestions(command.member.as_deref(), server, typed.value),
        (OptionTakes::Flag | OptionTakes::File, _) => Vec::new(),
    };
    suggestions.truncate(payload::CHOICES);
    Some(suggestions)
}

/// A picked question comes back as the entry it stands for, so that it is answered by that entry and no other.
fn questions(engine: &Engine, typed: &str) -> Vec<Suggestion> {
    let choices = engine.suggest(typed, None, payload::CHOICES).into_iter();
    let picked = |entry, facets| custom_id::encode(&Press::Choose { about: Earlier { entry, facets }, target: None });
    choices.filter_map(|choice| suggestion(&choice.label, picked(choice.entry, choice.facets)?)).collect()
}

fn beside(engine: &Engine, field: &Field, typed: &str) -> Vec<Suggestion> {
    let Takes::Value(facet) = &field.takes else { return Vec::new() };
    let values = engine.suggest_values(facet, typed, payload::CHOICES).into_iter();
    values.filter_map(|(value, name)| suggestion(&name, value.to_string())).collect()
}

fn suggestion(name: &str, value: String) -> Option<Suggestion> {
    let name = cut(&one_line(name), payload::CHOICE);
    (!name.is_empty() && (1..=payload::CHOICE).contains(&value.chars().count())).then_some(Suggestion { name, value })
}
