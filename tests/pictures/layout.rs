//! Where the parts of a drawing are: measured by the library that draws them, not by the code that placed them.

use std::sync::{Arc, LazyLock};

use mabel::picture::SMALLEST_TEXT;
use resvg::tiny_skia::Rect;
use resvg::usvg::{Group, Node, Options, Text, TextChunk, Tree, fontdb};

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for font in ["src/picture/font/Inter-Medium.otf", "src/picture/font/Inter-Bold.otf"] {
        fonts.load_font_data(std::fs::read(font).unwrap());
    }
    Arc::new(fonts)
});

/// What is wrong with a drawing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Faults {
    /// What reaches beyond the page.
    pub(crate) outside: Vec<String>,
    /// Texts in letters that are too small to read.
    pub(crate) small: Vec<String>,
}

/// What is wrong with a drawing.
pub(crate) fn faults(svg: &str) -> Faults {
    let tree = Tree::from_str(svg, &Options { fontdb: Arc::clone(&FONTS), ..Options::default() }).unwrap();
    let page = tree.size();
    let within = |area: Rect| {
        area.left() >= -0.5 && area.top() >= -0.5 && area.right() <= page.width() + 0.5 && area.bottom() <= page.height() + 0.5
    };
    let mut found = Vec::new();
    texts(tree.root(), &mut found);
    let named = |fits: &dyn Fn(&Text) -> bool| found.iter().filter(|text| !fits(text)).map(|text| words(text)).collect::<Vec<_>>();
    let mut outside = named(&|text| within(text.abs_bounding_box()));
    if !within(tree.root().abs_bounding_box()) {
        outside.push(format!("a shape: {:?}", tree.root().abs_bounding_box()));
    }
    let sizes = |text: &Text| text.chunks().iter().flat_map(TextChunk::spans).map(|span| span.font_size().get()).collect::<Vec<_>>();
    let small = named(&|text| sizes(text).iter().all(|size| *size >= f32::from(SMALLEST_TEXT)));
    Faults { outside, small }
}

fn texts<'tree>(group: &'tree Group, found: &mut Vec<&'tree Text>) {
    for node in group.children() {
        match node {
            Node::Group(group) => texts(group, found),
            Node::Text(text) => found.push(text),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

fn words(text: &Text) -> String {
    text.chunks().iter().map(TextChunk::text).collect()
}
