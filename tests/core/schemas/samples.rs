//! A small knowledge base in which every key of every kind of file is used once.

/// Path, schema, text.
pub(super) const SAMPLES: [(&str, &str, &str); 12] = [
    (
        "knowledge.toml",
        "knowledge",
        r#"[knowledge]
name = "Test"
version = "1"
disclaimer = "A test."
es.name = "Prueba"
es.disclaimer = "Una prueba."
[texts]
decline = "No."
ask_back = "Which?"
empty = "What?"
stale = "Old."
superseded = "Then:"
no_figure = "None then."
es.decline = "No."
es.ask_back = "¿Cuál?"
es.empty = "¿Qué?"
es.stale = "Viejo."
"#,
    ),
    (
        "topics.toml",
        "topics",
        r##"[[topic]]
id = "pay"
title = "Pay"
description = "What is paid."
es.title = "Sueldo"
es.description = "Lo que se paga."
colour = "#2F6FA7"
"##,
    ),
    (
        "caveats.toml",
        "caveats",
        r#"[[caveat]]
id = "varies"
text = "It varies."
es.text = "Varía."
"#,
    ),
    (
        "sources/all.toml",
        "sources",
        r#"[[source]]
id = "bls"
title = "Wages"
publisher = "A bureau"
url = "https://example.org/"
as_of = 2026-11-21
kind = "statistics"
trust = "high"
"#,
    ),
    (
        "facets/state.toml",
        "facets",
        r#"[facet]
id = "state"
name = "state"
introduced_by = ["in"]
followed_by = ["law"]
stems = false
stand_in = true
given_only = false
prompt = "Where?"
es.prompt = "¿Dónde?"
first = ["TX"]
[[value]]
id = "TX"
name = "Texas"
code = "48"
aliases = ["texas"]
in_context = ["tx"]
implies = { state = ["TX"] }
covers = ["TX"]
tile = [4, 8]

[[value]]
id = "OK"
name = "Oklahoma"
tile = [4, 7]
"#,
    ),
    (
        "tables/pay.toml",
        "tables",
        r#"[table]
id = "pay"
title = "Pay"
keys = ["state"]
columns = { median = "number", p90 = "number?", note = "text?", day = "date?", verdict = ["yes", "no"] }
source = "bls"
as_of = "c. 2025"
review_by = 2027-06-01
confidence = "high"
answer = "{{ row.median }}"
missing = "None."
summary = { state = "{{ summaries[0].total }}" }
row = [
  { state = "TX", median = 19.00, day = 2026-11-21, verdict = "yes", source = "bls", as_of = "2025-05", review_by = 2027-06-01, confidence = "low" },
]
"#,
    ),
    (
        "entries/pay.toml",
        "entries",
        r#"[[entry]]
id = "pay.one"
topic = "pay"
question = "How much?"
ask = ["how much in {state}"]
facets = { state = "TX" }
needs = ["state"]
across = ["state"]
table = "pay"
answer = "Some."
detail = "More."
with_rows = "{{ row.median }}"
picture = "where"
caveats = ["varies"]
sources = ["bls"]
as_of = "2024-11"
review_by = 2027-11-21
confidence = "high"
related = ["pay.two"]
history = [{ as_of = "undated, seen 2018-05-01", says = "Less.", source = "bls" }]

[[entry]]
id = "pay.two"
topic = "pay"
question = "Why?"
compares = ["state"]
answer = "So."
sources = ["bls"]
as_of = 2026-11-21
review_by = 2027-11-21
"#,
    ),
    (
        "asides.toml",
        "asides",
        r#"[[aside]]
id = "how-much"
outcome = "clarify"
ask = ["how much"]
text = "Of what?"
es.text = "¿De qué?"
choices = ["pay.one", "pay.two"]

[[aside]]
id = "hello"
outcome = "no_match"
text = "Hello."
es.text = "Hola."
"#,
    ),
    (
        "forms.toml",
        "forms",
        r#"[[beside_question]]
name = "state"
description = "A state."
es = { name = "estado", description = "Un estado." }
facet = "state"
required = false

[[form]]
name = "pay-of"
description = "Pay."
es = { name = "sueldo-de", description = "Sueldo." }
[[form.field]]
name = "state"
description = "A state."
es = { name = "estado", description = "Un estado." }
facet = "state"
required = false
[[form.field]]
name = "with"
description = "Another."
another = ["state"]
[[form.field]]
name = "part"
description = "A part."
topic = "pay"
[[form.answer]]
given = ["state", "with"]
entry = "pay.one"
[[form.answer]]
about = "state"
topic = "pay"
"#,
    ),
    (
        "guards.toml",
        "guards",
        r#"[lists]
symptom = ["chest pain", "dizzy"]
[[guard]]
id = "emergency"
outcome = "safety"
text = "Call."
es.text = "Llame."
patterns = ['\bmy chest\b']
unless = ['\bcan an ma\b']
examples = ["my chest hurts"]
foreign_examples = ["my chest duele"]
passes = ["how much"]
source = "bls"
as_of = 2026-11-21
"#,
    ),
    (
        "vocabulary.toml",
        "vocabulary",
        r#"keep = ["cma"]
ignore = ["please"]
[[same]]
word = "pay"
means = ["salary"]
[shorthand]
"b4" = "before"
"#,
    ),
    (
        "pictures.toml",
        "pictures",
        r#"[[map]]
id = "where"
table = "pay"
facet = "state"
value = "verdict"
classes = [
  { values = ["yes"], letter = "Y", label = "yes", tone = "yes" },
  { values = ["no"], letter = "N", label = "no", tone = "no" },
]
mixed = { letter = "D", label = "both" }
missing = { letter = "?", label = "unknown" }
least = 1
title = "Where"
alt = "Where it is."
note = "A test."

[[map]]
id = "how-much"
table = "pay"
facet = "state"
value = "median"
figure = "{{ figure }}"
missing = { letter = "?", label = "unknown" }
title = "How much"
alt = "How much it is."
note = "A test."

[[bars]]
id = "spread"
tables = ["pay"]
columns = ["median", "median", "median", "p90", "p90"]
spans = ["most", "half", "median"]
figure = "{{ figure }}"
beside = { table = "pay", row = { state = "TX" }, name = "Texas" }
mark = "here"
missing = "Not all is known."
title = "How much"
alt = "How much it is."
note = "A test."
"#,
    ),
];
