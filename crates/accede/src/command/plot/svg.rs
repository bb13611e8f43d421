//! A picture in SVG 1.1, light or dark. Read [`Picture`].

use std::fmt::Write as _;

use crate::cli::Theme;

/// The colours of a page. Those of the lines people tell apart whatever their eyes (Okabe and Ito 2008, a
/// little darker on light and lighter on dark).
struct Palette {
    page: &'static str,
    ink: &'static str,
    faint: &'static str,
    grid: &'static str,
    lines: [&'static str; 5],
}

const LIGHT: Palette = Palette {
    page: "#ffffff",
    ink: "#1b1f24",
    faint: "#5b6470",
    grid: "#dde1e6",
    lines: ["#0072b2", "#c44e00", "#007a5a", "#b0578d", "#a87400"],
};

const DARK: Palette = Palette {
    page: "#14181d",
    ink: "#e8ebef",
    faint: "#a2abb6",
    grid: "#333b45",
    lines: ["#56b4e9", "#f08a4b", "#3cc79b", "#e093c0", "#f0c04a"],
};

/// Strokes that tell the lines apart without colours.
const DASHES: [&str; 5] = ["none", "9 3", "2 4", "9 3 2 3", "5 3"];

impl Palette {
    /// Plain rules, without custom properties, which many a viewer of pictures does not know.
    fn rules(&self) -> String {
        let Self { page, ink, faint, grid, lines } = self;
        let mut rules =
            format!(".page{{fill:{page}}}text,.dot{{fill:{ink}}}.faint{{fill:{faint}}}.grid{{stroke:{grid}}}");
        for (at, colour) in lines.iter().enumerate() {
            let _ = write!(rules, ".f{at}{{fill:{colour}}}.s{at}{{stroke:{colour}}}");
        }
        rules
    }
}

const CLASSES: &str = "text{font:13px system-ui,sans-serif}.title{font-size:18px;font-weight:600}\
                       path{fill:none;stroke-linecap:round;stroke-linejoin:round}.open{opacity:.45}";

/// Where a text stands to its point.
#[derive(Clone, Copy, Debug)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Shapes on a page, in pixels from its upper left corner.
#[derive(Debug)]
pub(super) struct Picture {
    width: f64,
    height: f64,
    title: String,
    description: String,
    body: String,
}

impl Picture {
    /// An empty page, with its title on it; the description is for those who cannot see it.
    pub(super) fn new(width: f64, height: f64, title: String, description: String) -> Self {
        let mut picture = Self { width, height, title, description, body: String::new() };
        let title = picture.title.clone();
        picture.words(24.0, 34.0, Anchor::Start, "title", &title);
        picture
    }

    pub(super) fn title(&self) -> &str {
        &self.title
    }

    pub(super) fn words(&mut self, x: f64, y: f64, anchor: Anchor, class: &str, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let words = escaped(words);
        let _ = writeln!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" class=\"{class}\">{words}</text>"
        );
    }

    /// A straight line of the grid.
    pub(super) fn rule(&mut self, from: (f64, f64), to: (f64, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        let _ = writeln!(self.body, "<path class=\"grid\" d=\"M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}\"/>");
    }

    /// A line through points, in one of the five colours, each with strokes of its own.
    pub(super) fn line(&mut self, points: &[(f64, f64)], colour: usize, width: f64) {
        let Some(((x, y), rest)) = points.split_first() else { return };
        let mut path = format!("M{x:.1} {y:.1}");
        for (x, y) in rest {
            let _ = write!(path, "L{x:.1} {y:.1}");
        }
        // A point alone has to be seen too.
        if rest.is_empty() {
            path.push_str("h0.1");
        }
        let dashes = DASHES.get(colour).copied().unwrap_or("none");
        let _ = writeln!(
            self.body,
            "<path d=\"{path}\" class=\"s{colour}\" stroke-width=\"{width:.1}\" stroke-dasharray=\"{dashes}\"/>"
        );
    }

    /// Many thin straight lines of one colour, as one path.
    pub(super) fn chords(&mut self, ends: &[[(f64, f64); 2]], colour: usize) {
        if ends.is_empty() {
            return;
        }
        let mut path = String::new();
        for [from, to] in ends {
            let _ = write!(path, "M{:.1} {:.1}L{:.1} {:.1}", from.0, from.1, to.0, to.1);
        }
        let _ =
            writeln!(self.body, "<path d=\"{path}\" class=\"s{colour}\" stroke-width=\"0.8\" stroke-opacity=\"0.6\"/>");
    }

    /// A filled box; an open one is paler. What it stands for is told when it is pointed at.
    pub(super) fn filled(&mut self, corner: (f64, f64), size: (f64, f64), colour: usize, is_open: bool, told: &str) {
        let ((x, y), (width, height)) = (corner, size);
        let class = if is_open { " open" } else { "" };
        let told = escaped(told);
        let _ = writeln!(
            self.body,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
             class=\"f{colour}{class}\"><title>{told}</title></rect>"
        );
    }

    /// A dot of the ink's colour.
    pub(super) fn dot(&mut self, at: (f64, f64), radius: f64, told: &str) {
        let told = escaped(told);
        let _ = writeln!(
            self.body,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\" class=\"dot\"><title>{told}</title></circle>",
            at.0, at.1
        );
    }

    /// The whole file.
    pub(super) fn text(&self, theme: Theme) -> String {
        let colours = match theme {
            Theme::Light => LIGHT.rules(),
            Theme::Dark => DARK.rules(),
            Theme::Auto => format!("{}@media (prefers-color-scheme:dark){{{}}}", LIGHT.rules(), DARK.rules()),
        };
        let Self { width, height, title, description, body } = self;
        let (title, description) = (escaped(title), escaped(description));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
             height=\"{height:.0}\" role=\"img\" aria-labelledby=\"t d\">\n<title id=\"t\">{title}</title>\n\
             <desc id=\"d\">{description}</desc>\n<style>{CLASSES}{colours}</style>\n\
             <rect class=\"page\" width=\"100%\" height=\"100%\"/>\n{body}</svg>\n"
        )
    }
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::Picture;
    use crate::cli::Theme;

    #[test]
    fn nothing_in_a_name_is_markup() {
        let picture = Picture::new(10.0, 10.0, "<A> & \"B\"".to_owned(), String::new());
        let text = picture.text(Theme::Auto);
        assert!(text.contains("&lt;A&gt; &amp; &quot;B&quot;") && !text.contains("<A>"), "{text}");
    }
}
