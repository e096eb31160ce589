//! What measuring programs said: a figure, or why there is none, by row and by whose it is. Judges nothing.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::table::Shape;
use crate::command;

/// Whose figures ours are.
pub(super) const OURS: &str = "ours";

/// A number, or why there is none.
enum Cell {
    Number(f64),
    Words(String),
}

/// Everything that was measured, by row and by whose it is, and what was said besides.
#[derive(Default)]
pub(crate) struct Measured {
    cells: BTreeMap<(String, String), Cell>,
    pub(crate) remarks: Vec<String>,
}

impl Measured {
    /// Runs a measuring program and takes in what it says. One that fails leaves a remark: what others measured stands.
    pub(crate) fn by(mut program: Command) -> Measured {
        let mut measured = Measured::default();
        if let Err(error) = measured.read(&mut program) {
            eprintln!("{error:#}");
            measured.remarks.push(format!("Not measured: {error:#}."));
        }
        measured
    }

    fn read(&mut self, program: &mut Command) -> Result<()> {
        let line = command::line(program);
        println!("{line}");
        let mut running = program
            .stdout(Stdio::piped())
            .spawn()
            .context(line.clone())?;
        let out = running.stdout.take().context("its output is lost")?;
        for said in BufReader::new(out).lines() {
            if let Ok(said) = serde_json::from_str(&said?) {
                self.take(&said);
            }
        }
        let status = running.wait()?;
        if !status.success() {
            bail!("`{line}` failed ({status})");
        }
        Ok(())
    }

    /// Takes in a line of the measuring program; anything else is left alone.
    pub(crate) fn take(&mut self, said: &Value) {
        if let Some(remark) = said["remark"].as_str() {
            self.remarks.push(remark.to_owned());
        }
        let (Some(row), Some(who)) = (said["row"].as_str(), said["who"].as_str()) else {
            return;
        };
        let value = match (said["value"].as_f64(), said["words"].as_str()) {
            (Some(number), _) => Cell::Number(number),
            (None, Some(words)) => Cell::Words(words.to_owned()),
            (None, None) => Cell::Words("not measured".to_owned()),
        };
        self.cells.insert((row.to_owned(), who.to_owned()), value);
    }

    /// A figure that needed no program.
    pub(crate) fn note(&mut self, row: &str, value: f64) {
        let place = (row.to_owned(), OURS.to_owned());
        self.cells.insert(place, Cell::Number(value));
    }

    pub(crate) fn add(&mut self, other: Measured) {
        self.cells.extend(other.cells);
        self.remarks.extend(other.remarks);
    }

    pub(crate) fn knows(&self, row: &str) -> bool {
        self.cells.keys().any(|(known, _)| known == row)
    }

    pub(super) fn number(&self, row: &str, who: &str) -> Option<f64> {
        match self.cells.get(&(row.to_owned(), who.to_owned()))? {
            Cell::Number(number) => Some(*number),
            Cell::Words(_) => None,
        }
    }

    /// The figure as text, or why there is none; nothing where nobody said anything.
    pub(super) fn text(&self, row: &str, who: &str, shape: Shape, factor: f64) -> Option<String> {
        match self.cells.get(&(row.to_owned(), who.to_owned()))? {
            Cell::Number(number) => Some(shape.text(number * factor)),
            Cell::Words(words) => Some(words.clone()),
        }
    }
}
