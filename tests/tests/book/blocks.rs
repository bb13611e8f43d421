//! The blocks of code of a Markdown page. Read [`of`].

/// One block.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The words after the fence: `charter error=undeclared-code`.
    pub(crate) info: String,
    /// What stands between the fences.
    pub(crate) text: String,
    /// The line of the opening fence, from one.
    pub(crate) line: usize,
}

impl Block {
    /// Whether it is charter text.
    pub(crate) fn is_charter(&self) -> bool {
        self.info.split_whitespace().next() == Some("charter")
    }

    /// The values of `key=value` words after the fence.
    pub(crate) fn values(&self, key: &str) -> Vec<&str> {
        let pairs = self.info.split_whitespace().filter_map(|word| word.split_once('='));
        pairs.filter(|(found, _)| *found == key).map(|(_, value)| value).collect()
    }
}

/// A page's blocks, in order.
pub(crate) fn of(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (at, line) in page.lines().enumerate() {
        match &mut open {
            None => {
                let info = line.strip_prefix("```");
                open = info.map(|info| Block { info: info.trim().to_owned(), text: String::new(), line: at + 1 });
            }
            Some(_) if line == "```" => blocks.extend(open.take()),
            Some(block) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
        }
    }
    assert!(open.is_none(), "a fence is left open");
    blocks
}
