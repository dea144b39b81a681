//! Which lines of a text belong to which entry of its sections.

use std::ops::Range;

use super::tree::{Id, Node, Shape};
use super::{Source, at};

/// The sections whose entries belong to something that is drawn.
const SECTIONS: [&str; 3] = ["Parameters", "Resources", "Outputs"];

impl Source {
    /// The names in the sections of the template in the order of the text, each with its lines, counted from 0: from its key to the end of its
    /// value, without comments and blank lines after it.
    pub fn entry_lines(&self) -> Vec<(&str, Range<usize>)> {
        let mut found = Vec::new();
        for (section, value) in self.entries(self.tree.root()) {
            if SECTIONS.contains(&section.0) {
                let entries = self.entries(value).into_iter();
                found.extend(entries.map(|((name, start), value)| (name, self.lines_between(start, value))));
            }
        }
        found
    }

    /// The keys of a mapping, each with the byte at which it stands, and their values.
    fn entries(&self, id: Id) -> Vec<((&str, usize), Id)> {
        let node = match self.tree.get(id) {
            Some(Node { shape: Shape::Alias(of), .. }) => self.tree.get(*of),
            node => node,
        };
        match node.map(|node| &node.shape) {
            Some(Shape::Map(entries)) => {
                let own = entries.iter().filter(|entry| !entry.is_merge);
                own.map(|entry| ((entry.key.as_str(), entry.key_span.start), entry.value)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn lines_between(&self, start: usize, value: Id) -> Range<usize> {
        let end = self.tree.get(value).map_or(start, |node| node.span.end);
        let text = self.text.get(start..end).unwrap_or_default();
        let line = |byte: usize| at(&self.text, &self.lines, byte).0;
        line(start) - 1..line(start + text.trim_end().len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    fn found(text: &str) -> Vec<(String, String)> {
        let source = parse(text).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let first = |(name, at): (&str, std::ops::Range<usize>)| (name.to_owned(), lines[at].join("|"));
        source.entry_lines().into_iter().map(first).collect()
    }

    fn pairs<const N: usize>(all: [(&str, &str); N]) -> Vec<(String, String)> {
        all.map(|(name, lines)| (name.to_owned(), lines.to_owned())).into()
    }

    #[test]
    fn an_entry_has_its_lines_and_not_the_comments_after_it() {
        let yaml = "# all\nResources:\n  # first\n  Vpc: # the network\n    Type: AWS::EC2::VPC\n    Properties: {CidrBlock: 10.0.0.0/16}\n\n  # second\n  Server:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData: |\n        #!/bin/bash\n        yum\n\nOutputs:\n  Id: {Value: !Ref Vpc}\n";
        let want = [
            ("Vpc", "  Vpc: # the network|    Type: AWS::EC2::VPC|    Properties: {CidrBlock: 10.0.0.0/16}"),
            (
                "Server",
                "  Server:|    Type: AWS::EC2::Instance|    Properties:|      UserData: ||        #!/bin/bash|        yum",
            ),
            ("Id", "  Id: {Value: !Ref Vpc}"),
        ];
        assert_eq!(found(yaml), pairs(want));
        let unix = yaml.replace('\n', "\r\n");
        assert_eq!(found(&unix), pairs(want), "line ends of another system");
    }

    #[test]
    fn json_of_any_layout_has_lines_too() {
        let json = "{\n\"Metadata\": {\"A\": 1}, \"Resources\": {\"Vpc\": {\n \"Type\": \"AWS::EC2::VPC\"},\n\"Other\": {\"Type\": \"T::T::T\"}}}";
        let want = [
            ("Vpc", "\"Metadata\": {\"A\": 1}, \"Resources\": {\"Vpc\": {| \"Type\": \"AWS::EC2::VPC\"},"),
            ("Other", "\"Other\": {\"Type\": \"T::T::T\"}}}"),
        ];
        assert_eq!(found(json), pairs(want));
    }
}
