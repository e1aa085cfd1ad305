//! The bot cannot tell the sandbox from Discord: nothing of her code names it.

use std::path::{Path, PathBuf};

/// Where the sandbox, what stands around it, and the command that starts it live.
const ITS_OWN: [&str; 3] = ["src/sandbox", "src/workbench", "src/cli/sandbox"];
/// The lists of modules and of subcommands have to name it.
const LISTS: [&str; 2] = ["src/lib.rs", "src/cli/mod.rs"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for item in std::fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The lines of code that name it. Comments may, and so may the help that tells where it can be tried.
fn naming(code: &str) -> Vec<&str> {
    let names = |line: &&str| {
        let line = line.split("//").next().unwrap_or_default().replace("`mabel sandbox`", "").to_lowercase();
        line.contains("sandbox") || line.contains("workbench")
    };
    code.lines().filter(names).collect()
}

#[test]
fn no_code_of_the_bot_knows_that_there_is_a_sandbox() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    let name = |file: &PathBuf| file.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    files.retain(|file| !ITS_OWN.iter().any(|own| name(file).starts_with(own)) && !LISTS.contains(&name(file).as_str()));
    assert!(files.iter().any(|file| name(file) == "src/discord/bot.rs") && files.len() > 150, "{}", files.len());
    for file in files {
        let code = std::fs::read_to_string(&file).unwrap();
        assert_eq!(naming(&code), Vec::<&str>::new(), "{}", name(&file));
    }
}

#[test]
fn a_branch_that_knew_of_it_would_be_found() {
    let code =
        "/// Not the sandbox's.\nif api_base == SANDBOX { // here\n}\nuse crate::workbench::Setup;\nhelp: \"or `mabel sandbox`.\",\n";
    assert_eq!(naming(code), ["if api_base == SANDBOX { // here", "use crate::workbench::Setup;"]);
}
