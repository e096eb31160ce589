//! From one menu to the next, line by line, for menu libraries that keep lines which can be changed.
//!
//! Knows no library. Takes no line away that can stay, so that a menu stays open and a click meets what it was meant for.

use pterotray_core::Item;

/// A menu on the screen. A path gives the place of a line, and before it those of the lines that it is below.
/// What cannot be seen is not on it, and has no place.
pub(crate) trait Canvas {
    /// Why a line cannot be drawn.
    type Error;

    /// Puts a line, with all below it, where this place is; what stands there moves down.
    ///
    /// # Errors
    /// When it cannot.
    fn insert(&mut self, path: &[usize], line: &Item) -> Result<(), Self::Error>;

    /// Takes a line away, with all below it.
    ///
    /// # Errors
    /// When it cannot.
    fn remove(&mut self, path: &[usize]) -> Result<(), Self::Error>;

    /// Makes a line say what this one does. What is below it stays.
    ///
    /// # Errors
    /// When it cannot.
    fn change(&mut self, path: &[usize], line: &Item) -> Result<(), Self::Error>;
}

/// Makes a canvas that shows `before` show `now`.
///
/// # Errors
/// When a line cannot be drawn; nothing is known of the canvas then.
pub(crate) fn redraw<C: Canvas>(
    canvas: &mut C,
    before: &[Item],
    now: &[Item],
) -> Result<(), C::Error> {
    below(canvas, &[], before, now)
}

/// Marks every choice anew: a press changes the mark by itself, chosen or not.
///
/// # Errors
/// When a line cannot be drawn.
pub(crate) fn mark<C: Canvas>(canvas: &mut C, menu: &[Item]) -> Result<(), C::Error> {
    marks(canvas, &[], menu)
}

/// What can be seen of a menu.
pub(crate) fn seen(menu: &[Item]) -> Vec<&Item> {
    let is_seen = |line: &&Item| match line {
        Item::Label(text) | Item::Figure(text) => !text.is_empty(),
        Item::Entry { visible, .. } => *visible,
        Item::Separator | Item::Choice { .. } | Item::Menu { .. } | Item::Server { .. } => true,
    };
    menu.iter().filter(is_seen).collect()
}

/// The lines below the one at `path`.
fn below<C: Canvas>(
    canvas: &mut C,
    path: &[usize],
    before: &[Item],
    now: &[Item],
) -> Result<(), C::Error> {
    let mut old = seen(before);
    let now = seen(now);
    for (place, line) in now.iter().enumerate() {
        let here = at(path, place);
        // Whatever comes nowhere any more goes first.
        while let Some(other) = old.get(place)
            && !now[place..].iter().any(|line| is_same(line, other))
        {
            canvas.remove(&here)?;
            old.remove(place);
        }
        let from = (place..old.len()).find(|from| is_same(line, old[*from]));
        if from == Some(place) {
            let other = old[place];
            if !says_the_same(line, other) {
                canvas.change(&here, line)?;
            }
            below(canvas, &here, items(other), items(line))?;
            continue;
        }
        if let Some(from) = from {
            canvas.remove(&at(path, from))?;
            old.remove(from);
        }
        canvas.insert(&here, line)?;
        old.insert(place, line);
    }
    for _ in now.len()..old.len() {
        canvas.remove(&at(path, now.len()))?;
    }
    Ok(())
}

fn marks<C: Canvas>(canvas: &mut C, path: &[usize], menu: &[Item]) -> Result<(), C::Error> {
    for (place, line) in seen(menu).into_iter().enumerate() {
        let here = at(path, place);
        if matches!(line, Item::Choice { .. }) {
            canvas.change(&here, line)?;
        }
        marks(canvas, &here, items(line))?;
    }
    Ok(())
}

/// The path of a line below the one at `path`.
fn at(path: &[usize], place: usize) -> Vec<usize> {
    [path, &[place]].concat()
}

fn items(line: &Item) -> &[Item] {
    match line {
        Item::Menu { items, .. } | Item::Server { items, .. } => items,
        Item::Label(_)
        | Item::Figure(_)
        | Item::Separator
        | Item::Entry { .. }
        | Item::Choice { .. } => &[],
    }
}

/// Whether both are the same line, whatever it says: what it asks for, or whose it is, cannot be changed in place.
fn is_same(one: &Item, other: &Item) -> bool {
    match (one, other) {
        (Item::Label(_), Item::Label(_))
        | (Item::Figure(_), Item::Figure(_))
        | (Item::Separator, Item::Separator)
        | (Item::Menu { .. }, Item::Menu { .. }) => true,
        (Item::Entry { press: one, .. }, Item::Entry { press: other, .. })
        | (Item::Choice { press: one, .. }, Item::Choice { press: other, .. }) => one == other,
        (Item::Server { id: one, .. }, Item::Server { id: other, .. }) => one == other,
        _ => false,
    }
}

/// Of two lines that are the same, whether they look the same; what is below them apart.
fn says_the_same(one: &Item, other: &Item) -> bool {
    match (one, other) {
        (
            Item::Server { condition, .. },
            Item::Server {
                condition: other_condition,
                ..
            },
        ) => condition == other_condition && one.text() == other.text(),
        (Item::Menu { .. }, Item::Menu { .. }) => one.text() == other.text(),
        _ => one == other,
    }
}

#[cfg(test)]
#[path = "draw_tests.rs"]
mod tests;
