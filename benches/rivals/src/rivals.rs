//! What Mabel is measured beside.

use std::error::Error;

use tantivy::collector::TopDocs;
use tantivy::query::{Query, QueryParser};
use tantivy::schema::{INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{DocAddress, Index, IndexWriter, Searcher, doc};

/// The most memory that the search engine may take while it writes its index, in bytes.
const WRITING: usize = 50 << 20;

/// A full-text search over the phrasings, ranked by BM25.
pub(crate) struct Search {
    searcher: Searcher,
    parser: QueryParser,
}

impl Search {
    /// Puts the phrasings into an index in memory.
    pub(crate) fn new(phrasings: &[(u64, &str)]) -> Result<Self, Box<dyn Error>> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_tokenizer("en_stem").set_index_option(IndexRecordOption::WithFreqs);
        let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let target = schema.add_u64_field("target", INDEXED);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITING)?;
        for (number, phrasing) in phrasings {
            writer.add_document(doc!(text => *phrasing, target => *number))?;
        }
        writer.commit()?;
        let searcher = index.reader()?.searcher();
        Ok(Self { searcher, parser: QueryParser::for_index(&index, vec![text]) })
    }

    /// A question as the search engine reads it.
    pub(crate) fn parse(&self, question: &str) -> Box<dyn Query> {
        self.parser.parse_query_lenient(question).0
    }

    /// The ten best phrasings.
    pub(crate) fn best(&self, query: &dyn Query) -> Vec<(f32, DocAddress)> {
        self.searcher.search(query, &TopDocs::with_limit(10)).unwrap_or_default()
    }
}

/// The nearest phrasing by string distance, after a look at all of them.
pub(crate) struct Distance(Vec<String>);

impl Distance {
    pub(crate) fn new(phrasings: &[(u64, &str)]) -> Self {
        Self(phrasings.iter().map(|(_, phrasing)| phrasing.to_lowercase()).collect())
    }

    /// The index of the nearest.
    pub(crate) fn best(&self, question: &str) -> Option<usize> {
        let question = question.to_lowercase();
        let likeness = self.0.iter().map(|phrasing| strsim::jaro_winkler(phrasing, &question));
        likeness.enumerate().max_by(|left, right| left.1.total_cmp(&right.1)).map(|(index, _)| index)
    }
}
