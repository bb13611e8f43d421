//! Lines over the years. Read [`Chart`].

use super::svg::{Anchor, Picture};

/// One line: its name, and a value for each year, or none.
#[derive(Debug)]
pub(super) struct Series {
    pub(super) name: &'static str,
    pub(super) values: Vec<(i16, Option<f64>)>,
}

/// A field of years and values.
#[derive(Debug)]
pub(super) struct Chart {
    pub(super) years: (i16, i16),
    pub(super) values: (f64, f64),
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Chart {
    pub(super) fn x(&self, year: f64) -> f64 {
        let (first, last) = (f64::from(self.years.0), f64::from(self.years.1));
        let span = (last - first).max(1.0);
        self.left + (year - first) / span * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f64 {
        let span = (self.values.1 - self.values.0).max(f64::EPSILON);
        self.bottom - (value - self.values.0) / span * (self.bottom - self.top)
    }

    /// Rules and numbers for the years.
    pub(super) fn year_ticks(&self, picture: &mut Picture) {
        let span = self.years.1 - self.years.0;
        let step = [1, 2, 5, 10, 20, 25, 50, 100, 200].into_iter().find(|step| span / step <= 11).unwrap_or(500);
        for year in (self.years.0..=self.years.1).filter(|year| year % step == 0) {
            let x = self.x(f64::from(year));
            picture.rule((x, self.top), (x, self.bottom));
            picture.words(x, self.bottom + 20.0, Anchor::Middle, "faint", &year.to_string());
        }
    }

    /// Rules and numbers for the values, about five of them.
    pub(super) fn value_ticks(&self, picture: &mut Picture) {
        let span = self.values.1 - self.values.0;
        let raw = span / 5.0;
        let power = 10_f64.powf(raw.max(f64::MIN_POSITIVE).log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|step| step * power).find(|step| *step >= raw).unwrap_or(raw);
        let mut value = (self.values.0 / step).ceil() * step;
        while value <= self.values.1 + step / 1e6 {
            // Steps of a tenth do not add up to nought quite.
            let value_here = if value.abs() < step / 1e6 { 0.0 } else { value };
            let y = self.y(value_here);
            picture.rule((self.left, y), (self.right, y));
            let words = if step < 1.0 { format!("{value_here:.1}") } else { format!("{value_here:.0}") };
            picture.words(self.left - 8.0, y + 4.0, Anchor::End, "faint", &words);
            value += step;
        }
    }

    /// The lines, each with its name at its right end; names that would lie on one another move apart.
    pub(super) fn lines(&self, picture: &mut Picture, series: &[Series]) {
        let mut names: Vec<(f64, usize, &'static str)> = Vec::new();
        for (colour, series) in series.iter().enumerate() {
            for run in series.values.split(|(_, value)| value.is_none()) {
                let points: Vec<(f64, f64)> = run
                    .iter()
                    .filter_map(|(year, value)| Some((self.x(f64::from(*year)), self.y((*value)?))))
                    .collect();
                picture.line(&points, colour, 2.2);
            }
            if let Some(last) = series.values.iter().rev().find_map(|(_, value)| *value) {
                names.push((self.y(last), colour, series.name));
            }
        }
        names.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut above = f64::NEG_INFINITY;
        let height = 17.0;
        for name in &mut names {
            name.0 = name.0.max(above + height);
            above = name.0;
        }
        // What was pushed beneath the field pushes back those above it.
        let mut beneath = self.bottom + height;
        for name in names.iter_mut().rev() {
            name.0 = name.0.min(beneath - height);
            beneath = name.0;
        }
        for (y, colour, name) in names {
            picture.line(&[(self.right + 8.0, y), (self.right + 34.0, y)], colour, 2.2);
            picture.words(self.right + 40.0, y + 4.0, Anchor::Start, "", name);
        }
    }
}
