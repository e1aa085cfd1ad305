use super::*;

fn read(text: &str, environment: &[(&str, &str)]) -> Result<Settings, String> {
    let environment = environment.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
    Settings::from_text("config.toml", text, Path::new("/etc/mabel"), environment, Vec::new()).map_err(|faults| faults.to_string())
}

#[test]
fn nothing_set_gives_the_defaults_of_the_table() {
    let settings = read("", &[]).unwrap();
    assert!(settings.knowledge.is_none() && settings.discord.api_base.is_none() && settings.discord.status.is_none());
    assert!(settings.discord.register_at_start && !settings.discord.message_content);
    assert_eq!(settings.discord.limits, Limits { per_user: 12, per_channel: 40, per_guild: 200, repeat_seconds: 60 });
    assert_eq!(settings.database, Database::File(PathBuf::from("mabel.db")));
    assert_eq!((settings.log.level.as_str(), settings.log.format), ("info", LogFormat::Text));
}

#[test]
fn a_database_file_named_in_the_file_of_settings_is_beside_it() {
    let file = |text: &str, environment: &[(&str, &str)]| read(text, environment).unwrap().database;
    assert_eq!(file("database.url = \"sqlite://data.db\"", &[]), Database::File(PathBuf::from("/etc/mabel/data.db")));
    assert_eq!(file("database.url = \"sqlite:///var/data.db\"", &[]), Database::File(PathBuf::from("/var/data.db")));
    assert_eq!(file("", &[("MABEL_DATABASE__URL", "sqlite://data.db")]), Database::File(PathBuf::from("data.db")));
    assert_eq!(file("database.url = \"memory:\"", &[]), Database::Memory);
}

#[test]
fn a_wrong_address_of_a_database_is_told_without_repeating_it() {
    for (file, environment) in
        [("database.url = \"mysql://a:hunter2@host\"", &[][..]), ("", &[("MABEL_DATABASE__URL", "pg://a:hunter2@host")][..])]
    {
        let faults = read(file, environment).unwrap_err();
        assert!(faults.contains("is not the address of a database\n  mend: write \"sqlite://mabel.db\""), "{faults}");
        assert!(!faults.contains("hunter2"), "{faults}");
    }
}

#[test]
fn servers_are_named_by_their_ids() {
    let guilds = |text: &str, environment: &[(&str, &str)]| read(text, environment).map(|settings| settings.discord.operator_guilds);
    let both = BTreeSet::from([7, 1_318_500_000_000_000_000]);
    assert_eq!(guilds("", &[]).unwrap(), BTreeSet::new());
    assert_eq!(guilds("[operator]\nguilds = [\"1318500000000000000\", 7]", &[]).unwrap(), both);
    assert_eq!(guilds("operator.guilds = 7", &[("MABEL_OPERATOR__GUILDS", "7, 1318500000000000000")]).unwrap(), both);
    for wrong in ["[0]", "[\"general\"]", "[7, true]", "\"7;8\""] {
        let faults = guilds(&format!("operator.guilds = {wrong}"), &[]).unwrap_err();
        assert!(faults.contains("`operator.guilds` cannot be") && faults.contains("Copy Server ID"), "{faults}");
    }
}

#[test]
fn the_environment_overrules_the_file() {
    let file = "knowledge = \"mine\"\n[discord]\napi_base = \"http://proxy:3000/\"\nregister_at_start = true\n[log]\nformat = \"json\"";
    let settings = read(
        file,
        &[("MABEL_DISCORD__REGISTER_AT_START", "false"), ("MABEL_LOG__LEVEL", "debug"), ("MABEL_CACHE", "/var/cache"), ("PATH", "/bin")],
    )
    .unwrap();
    assert_eq!(settings.knowledge.as_deref(), Some(Path::new("/etc/mabel/mine")));
    assert_eq!(settings.discord.api_base.as_deref(), Some("http://proxy:3000"));
    assert!(!settings.discord.register_at_start);
    assert_eq!((settings.log.level.as_str(), settings.log.format), ("debug", LogFormat::Json));
}

#[test]
fn every_fault_is_told_at_once_with_line_and_mend() {
    let file = "knowlege = \"x\"\n\n[discord]\napi_base = \"proxy\"\nmessage_content = \"yes\"\n[log]\nlevel = 3\nformat = \"xml\"\n[other]\nkey = 1\n";
    let faults = read(file, &[("MABEL_DISCORD__STATSU", "hello"), ("MABEL_LOG__LEVEL", "loud")]).unwrap_err();
    for wanted in [
        "config.toml:1: error: unknown key `knowlege`\n  mend: did you mean `knowledge`?",
        "config.toml:4: error: `discord.api_base` is not the base of a web address",
        "config.toml:5: error: `discord.message_content` must be true or false",
        "config.toml:7: error: `log.level` must be text in quotes",
        "config.toml:8: error: `log.format` cannot be \"xml\"\n  mend: use one of: text, json",
        "config.toml:9: error: unknown key `other`",
        "environment variable MABEL_DISCORD__STATSU: error: unknown key `MABEL_DISCORD__STATSU`\n  mend: did you mean `discord.status`?",
        "environment variable MABEL_LOG__LEVEL: error: `MABEL_LOG__LEVEL` cannot be \"loud\"",
    ] {
        assert!(faults.contains(wanted), "{wanted:?} is not in:\n{faults}");
    }
}

#[test]
fn shards_and_addresses_are_read_in_every_way_they_can_be_written() {
    let shards = |file: &str, environment: &[(&str, &str)]| read(file, environment).unwrap().discord.shards.unwrap();
    let wanted = Shards { total: 16, ids: vec![0, 1, 2, 3] };
    for file in ["[discord]\nshards = { total = 1_6, ids = \"0-3\" }", "[discord.shards]\ntotal = 16\nids = [0, 3, 1, 2]"] {
        assert_eq!(shards(file, &[]), wanted, "{file}");
    }
    assert_eq!(shards("discord.shards.total = 16", &[("MABEL_DISCORD__SHARDS__IDS", "0-3")]), wanted);
    assert_eq!(read("ops.listen = \"127.0.0.1:9090\"", &[]).unwrap().ops.listen, Some(SocketAddr::from(([127, 0, 0, 1], 9090))));
}

#[test]
fn shards_that_cannot_be_are_told_with_line_and_mend() {
    let faulty = |file: &str, wanted: &str| {
        let faults = read(file, &[]).unwrap_err();
        assert!(faults.contains(wanted), "{wanted:?} is not in:\n{faults}");
    };
    faulty(
        "[discord.shards]\ntotal = 0",
        "config.toml:2: error: `discord.shards.total` cannot be 0\n  mend: write how many there are over all processes",
    );
    faulty("[discord.shards]\ntotal = \"4\"", "`discord.shards.total` must be a number without quotes");
    faulty("[discord.shards]\ntotal = 4\nids = \"2-4\"", "config.toml:3: error: `discord.shards.ids` names shard 4, but there are 4");
    faulty("[discord.shards]\nids = 0", "config.toml:2: error: `discord.shards.ids` needs to be told how many");
    faulty("[discord.shards]\ntotal = 4\nids = [0, \"x\"]", "`discord.shards.ids` cannot be \"0,?\"\n  mend: write \"0-3\"");
    faulty("[ops]\nlisten = \"9090\"", "config.toml:2: error: `ops.listen` is not an address with a port\n  mend: write address and port");
}

#[test]
fn a_number_is_whole_not_too_large_and_stands_without_quotes() {
    let settings = read("limits.per_user = 1_000", &[("MABEL_LIMITS__PER_GUILD", "0")]).unwrap();
    assert_eq!((settings.discord.limits.per_user, settings.discord.limits.per_guild), (1000, 0));
    let faults =
        read("[limits]\nper_user = \"3\"\nper_guild = -1\nrepeat_seconds = 3601", &[("MABEL_LIMITS__PER_CHANNEL", "many")]).unwrap_err();
    for wanted in [
        "config.toml:2: error: `limits.per_user` must be a number without quotes\n  mend: write a whole number from 0 to 100000",
        "config.toml:3: error: `limits.per_guild` cannot be -1",
        "config.toml:4: error: `limits.repeat_seconds` cannot be 3601\n  mend: write a whole number from 0 to 3600",
        "environment variable MABEL_LIMITS__PER_CHANNEL: error: `MABEL_LIMITS__PER_CHANNEL` cannot be many",
    ] {
        assert!(faults.contains(wanted), "{wanted:?} is not in:\n{faults}");
    }
}

#[test]
fn broken_toml_is_told_with_its_line() {
    assert!(read("[discord]\nstatus = \"a\nb = 1", &[]).unwrap_err().contains("config.toml:2: error: not valid TOML"));
}

#[test]
fn the_token_is_never_printed() {
    let settings = read("", &[("DISCORD_TOKEN", " very.secret.token \n")]).unwrap();
    let token = settings.discord.token().unwrap();
    assert_eq!(token.expose(), "very.secret.token");
    assert!(!format!("{settings:?} {token:?} {token}").contains("secret"));
}

#[test]
fn the_token_may_come_from_a_file_but_the_variable_goes_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    let file = format!("discord.token_file = {:?}", path.display().to_string());
    assert!(matches!(read(&file, &[]).unwrap().discord.token(), Err(TokenError::Unreadable { .. })));
    fs::write(&path, "\n").unwrap();
    assert!(matches!(read(&file, &[]).unwrap().discord.token(), Err(TokenError::Empty { .. })));
    fs::write(&path, "from.file\n").unwrap();
    assert_eq!(read(&file, &[]).unwrap().discord.token().unwrap().expose(), "from.file");
    assert_eq!(read(&file, &[("DISCORD_TOKEN", "from.variable")]).unwrap().discord.token().unwrap().expose(), "from.variable");
    assert!(matches!(read("", &[]).unwrap().discord.token(), Err(TokenError::Missing)));
}

#[test]
fn the_example_explains_every_key_and_sets_it_to_its_default() {
    let example = include_str!("../../config.example.toml");
    let mut table = "";
    let mut explained = Vec::new();
    let mut comment = String::new();
    for line in example.lines() {
        let bare = line.trim_start_matches("# ");
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            table = name;
        } else if let Some((name, value)) = bare.split_once(" = ").filter(|(name, _)| !name.contains(' ')) {
            let name = if table.is_empty() { name.to_owned() } else { format!("{table}.{name}") };
            let key = keys::find(&name).unwrap_or_else(|| panic!("{name} is no key"));
            assert!(comment.contains(key.help), "{name} is not explained as `{}` but as `{comment}`", key.help);
            assert!(comment.contains(&variable(&name)), "{name}: its variable {} is not named", variable(&name));
            if !key.default.is_empty() {
                assert_eq!(value, key.default, "{name}");
            }
            explained.push(name);
        } else if line.is_empty() {
            comment.clear();
            continue;
        }
        comment.push_str(bare);
        comment.push(' ');
    }
    for key in KEYS {
        assert!(explained.iter().any(|name| name == key.name), "{} is not in config.example.toml", key.name);
    }
    read(example, &[]).unwrap();
}
