//! How Discord says no: a status, a code, a sentence, and for a bad form a tree of what is wrong with it.
//!
//! Owns every refusal by name and the tree. Knows nothing of what was asked.
//! <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>
//! <https://docs.discord.com/developers/reference#error-messages>

use serde_json::{Map, Value, json};

/// A refusal, ready to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: u32,
    pub(crate) message: String,
    pub(crate) errors: Option<Value>,
}

macro_rules! refusals {
    ($($name:ident: $status:literal, $code:literal, $message:literal;)+) => {
        impl Refusal {
            $(pub(crate) fn $name() -> Self {
                Self { status: $status, code: $code, message: $message.to_owned(), errors: None }
            })+
        }
    };
}

refusals! {
    unauthorized: 401, 0, "401: Unauthorized";
    not_found: 404, 0, "404: Not Found";
    unknown_application: 404, 10002, "Unknown Application";
    unknown_channel: 404, 10003, "Unknown Channel";
    unknown_guild: 404, 10004, "Unknown Guild";
    unknown_message: 404, 10008, "Unknown Message";
    unknown_user: 404, 10013, "Unknown User";
    unknown_webhook: 404, 10015, "Unknown Webhook";
    unknown_member: 404, 10007, "Unknown Member";
    unknown_interaction: 404, 10062, "Unknown interaction";
    unknown_command: 404, 10063, "Unknown application command";
    too_many_commands: 400, 30032, "Maximum number of application commands reached (100)";
    too_many_command_creates: 400, 30034, "Max number of daily application command creates has been reached (200)";
    too_large: 413, 40005, "Request entity too large";
    already_acknowledged: 400, 40060, "Interaction has already been acknowledged.";
    too_many_followups: 400, 40094, "This interaction has reached its maximum number of follow-up messages";
    missing_access: 403, 50001, "Missing Access";
    not_in_direct: 403, 50003, "Cannot execute action on a DM channel";
    not_your_message: 403, 50005, "Cannot edit a message authored by another user";
    empty_message: 400, 50006, "Cannot send an empty message";
    direct_messages_closed: 403, 50007, "Cannot send messages to this user";
    not_a_text_channel: 400, 50008, "Cannot send messages in a non-text channel";
    missing_permissions: 403, 50013, "Missing Permissions";
    invalid_webhook_token: 401, 50027, "Invalid Webhook Token";
    thread_locked: 400, 50083, "Thread is archived";
    invalid_json: 400, 50109, "The request body contains invalid JSON.";
    reply_needs_history: 400, 160_002, "Cannot reply without permission to read message history";
}

impl Refusal {
    /// 400 with code 50035 and the tree.
    pub(crate) fn invalid_form(problems: Problems) -> Self {
        Self { status: 400, code: 50035, message: "Invalid Form Body".to_owned(), errors: Some(Value::Object(problems.tree)) }
    }

    /// 400 with code 50035 and one thing wrong.
    pub(crate) fn invalid(path: &str, code: &str, message: impl Into<String>) -> Self {
        let mut problems = Problems::default();
        problems.add(path, code, message);
        Self::invalid_form(problems)
    }

    pub(crate) fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

/// What is wrong with a form, as a tree along the paths of the body.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    tree: Map<String, Value>,
}

impl Problems {
    /// Notes a problem at a path such as `embeds.0.title`.
    pub(crate) fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        let mut node = &mut self.tree;
        for key in path.split('.').filter(|key| !key.is_empty()) {
            let child = node.entry(key).or_insert_with(|| json!({}));
            let Value::Object(map) = child else { return };
            node = map;
        }
        if let Value::Array(list) = node.entry("_errors").or_insert_with(|| json!([])) {
            list.push(json!({"code": code, "message": message.into()}));
        }
    }

    pub(crate) fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    pub(crate) fn choices(&mut self, path: &str, allowed: &str) {
        self.add(path, "BASE_TYPE_CHOICES", format!("Value must be one of {{{allowed}}}."));
    }

    /// Checks a length; Discord words a range and a mere maximum differently.
    pub(crate) fn length(&mut self, path: &str, length: usize, min: usize, max: usize) {
        if length > max && min == 0 {
            self.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."));
        } else if length > max || length < min {
            self.add(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max} in length."));
        }
    }

    /// Reads an optional text and checks its length in characters. Nothing, or `null`, is none.
    pub(crate) fn text<'a>(&mut self, path: &str, value: &'a Value, min: usize, max: usize) -> Option<&'a str> {
        match value {
            Value::Null => None,
            Value::String(text) => {
                self.length(path, text.chars().count(), min, max);
                Some(text)
            }
            other => {
                self.add(path, "STRING_TYPE_CONVERT", format!("Could not interpret \"{other}\" as string."));
                None
            }
        }
    }

    /// Reads a text that has to be there.
    pub(crate) fn required_text<'a>(&mut self, path: &str, value: &'a Value, min: usize, max: usize) -> Option<&'a str> {
        if value.is_null() {
            self.required(path);
        }
        self.text(path, value, min, max)
    }

    /// Reads an optional list and checks how long it is.
    pub(crate) fn list<'a>(&mut self, path: &str, value: &'a Value, min: usize, max: usize) -> &'a [Value] {
        match value {
            Value::Null => &[],
            Value::Array(list) => {
                self.length(path, list.len(), min, max);
                list
            }
            _ => {
                self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
                &[]
            }
        }
    }

    /// Reads an optional whole number and checks its range.
    pub(crate) fn number(&mut self, path: &str, value: &Value, min: i64, max: i64) -> Option<i64> {
        let number = match value {
            Value::Null => return None,
            Value::String(text) => text.parse().ok(),
            other => other.as_i64(),
        };
        match number {
            None => self.add(path, "NUMBER_TYPE_COERCE", format!("Value \"{value}\" is not int.")),
            Some(number) if number < min => {
                self.add(path, "NUMBER_TYPE_MIN", format!("int value should be greater than or equal to {min}."));
            }
            Some(number) if number > max => self.add(path, "NUMBER_TYPE_MAX", format!("int value should be less than or equal to {max}.")),
            Some(_) => {}
        }
        number
    }

    /// Checks an optional address: well formed, and of one of the schemes.
    pub(crate) fn url(&mut self, path: &str, value: &Value, schemes: &[&str]) {
        let Some(text) = self.text(path, value, 1, 2048) else {
            return;
        };
        match text.split_once("://") {
            Some((scheme, rest)) if schemes.contains(&scheme) => {
                if rest.is_empty() || rest.contains(char::is_whitespace) {
                    self.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
                }
            }
            _ => {
                let listed = schemes.iter().map(|scheme| format!("'{scheme}'")).collect::<Vec<_>>().join(", ");
                self.add(path, "URL_TYPE_INVALID_SCHEME", format!("Scheme must be one of ({listed})."));
            }
        }
    }

    /// The refusal, if anything is wrong.
    pub(crate) fn into_result(self) -> Result<(), Refusal> {
        if self.tree.is_empty() { Ok(()) } else { Err(Refusal::invalid_form(self)) }
    }
}
