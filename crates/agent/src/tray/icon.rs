//! The icon files, and their pixels as the desktop wants them.
//!
//! Draws nothing: `icons/` holds the one source of every picture.

use anyhow::{Context as _, bail};
use pterotray_core::{Aggregate, Condition, settings::IconStyle};
use std::io::Cursor;

macro_rules! picture {
    ($name:expr) => {
        include_bytes!(concat!("../../../../icons/generated/", $name, ".png")).as_slice()
    };
}

/// A state's tray icon: coloured, and as a template.
macro_rules! tray_files {
    ($state:literal) => {
        [
            picture!(concat!("tray/colour/", $state)),
            picture!(concat!("tray/template/", $state)),
        ]
    };
}

/// The radius of the dot that marks something to read, and the width of the ring around it, as parts of the icon's edge.
const DOT: f64 = 0.16;
const RING: f64 = 0.07;
/// Its colour: none that a state has.
const DOT_INK: [u8; 3] = [0xe5, 0x25, 0x8c];

/// A decoded picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pixels {
    /// Pixels a row.
    pub(crate) width: u32,
    /// Rows.
    pub(crate) height: u32,
    /// Red, green, blue, alpha, not premultiplied; a byte each, row by row.
    pub(crate) rgba: Vec<u8>,
}

impl Pixels {
    /// Reads a PNG.
    ///
    /// # Errors
    /// When it is not a PNG of eight-bit red, green, blue and alpha.
    pub(crate) fn of_png(png: &[u8]) -> anyhow::Result<Pixels> {
        let mut reader = png::Decoder::new(Cursor::new(png)).read_info()?;
        let size = reader
            .output_buffer_size()
            .context("a picture too large to hold")?;
        let mut rgba = vec![0; size];
        let frame = reader.next_frame(&mut rgba)?;
        if frame.color_type != png::ColorType::Rgba || frame.bit_depth != png::BitDepth::Eight {
            bail!("a picture of other colours than red, green, blue and alpha");
        }
        rgba.truncate(frame.buffer_size());
        Ok(Pixels {
            width: frame.width,
            height: frame.height,
            rgba,
        })
    }

    /// The square of `size` pixels a side at the upper edge, `left` pixels from the left one; `None` when it reaches outside.
    fn square(&self, left: u32, size: u32) -> Option<Pixels> {
        let inside = left.checked_add(size)? <= self.width && size <= self.height;
        let [row, left, side] = [self.width, left, size].map(|pixels| pixels as usize * 4);
        let rows = self.rgba.chunks_exact(row).take(size as usize);
        inside.then(|| Pixels {
            width: size,
            height: size,
            rgba: rows
                .flat_map(|row| &row[left..left + side])
                .copied()
                .collect(),
        })
    }

    /// A dot in the upper right corner, apart from the picture by a clear ring: there is something to read.
    fn mark(&mut self, ink: [u8; 3]) {
        let side = f64::from(self.width);
        let (radius, gap) = (side * DOT, side * RING);
        let mut places = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        for pixel in self.rgba.chunks_exact_mut(4) {
            let Some((x, y)) = places.next() else { return };
            let (right, down) = (
                side - radius - f64::from(x) - 0.5,
                radius - f64::from(y) - 0.5,
            );
            let distance = right.hypot(down);
            // Edges are smooth: a pixel that a circle cuts is covered in part.
            let within = |radius: f64| (radius - distance + 0.5).clamp(0.0, 1.0);
            let dot = within(radius);
            if dot > 0.0 {
                pixel[..3].copy_from_slice(&ink);
            }
            let left = f64::from(pixel[3]) * (1.0 - within(radius + gap));
            pixel[3] = byte(left.max(dot * 255.0));
        }
    }

    /// The same shape in white.
    fn make_white(&mut self) {
        for pixel in self.rgba.chunks_exact_mut(4) {
            pixel[..3].fill(0xff);
        }
    }

    /// Alpha first: 32 bits a pixel in network byte order, as a `StatusNotifierItem` wants them.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "the form that Linux wants")
    )]
    pub(crate) fn into_argb(self) -> Vec<u8> {
        let mut argb = self.rgba;
        for pixel in argb.chunks_exact_mut(4) {
            pixel.rotate_right(1);
        }
        argb
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part of 255 is a byte"
)]
fn byte(value: f64) -> u8 {
    value.round() as u8
}

/// How the tray icon is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Coloured, readable on light and on dark panels.
    Colour,
    /// White, for dark panels.
    Light,
    /// Black, for light panels.
    Dark,
    /// Black, of which macOS makes what suits its menu bar.
    #[cfg_attr(
        all(target_os = "linux", not(test)),
        expect(dead_code, reason = "a StatusNotifierItem knows no templates")
    )]
    Template,
}

impl Style {
    fn dot(self) -> [u8; 3] {
        match self {
            Style::Colour => DOT_INK,
            Style::Light => [0xff; 3],
            Style::Dark | Style::Template => [0; 3],
        }
    }
}

/// What suits the system.
#[cfg(target_os = "macos")]
const AUTOMATIC: Style = Style::Template;
#[cfg(not(target_os = "macos"))]
const AUTOMATIC: Style = Style::Colour;

impl From<IconStyle> for Style {
    fn from(chosen: IconStyle) -> Style {
        match chosen {
            IconStyle::Automatic => AUTOMATIC,
            IconStyle::Light => Style::Light,
            IconStyle::Dark => Style::Dark,
            IconStyle::Colour => Style::Colour,
        }
    }
}

/// The edge lengths of the tray icon in pixels, as they lie side by side in each file of `icons/generated/tray`.
pub(crate) const TRAY_SIZES: [u32; 6] = [16, 22, 24, 32, 36, 48];

/// The tray icon of a state in every size of [`TRAY_SIZES`], marked when there is something to read.
///
/// # Errors
/// When a file of the program is not a picture of these sizes.
pub(crate) fn tray_pictures(
    icon: Aggregate,
    style: Style,
    unread: bool,
) -> anyhow::Result<Vec<Pixels>> {
    let mut all = Pixels::of_png(tray_file(icon, style))?;
    if style == Style::Light {
        all.make_white();
    }
    let mut left = 0;
    let mut pictures = Vec::with_capacity(TRAY_SIZES.len());
    for size in TRAY_SIZES {
        let mut picture = all
            .square(left, size)
            .context("a tray icon's file is too small")?;
        if unread {
            picture.mark(style.dot());
        }
        pictures.push(picture);
        left += size;
    }
    Ok(pictures)
}

/// Every size in one PNG file; light icons are dark ones in white.
fn tray_file(icon: Aggregate, style: Style) -> &'static [u8] {
    let [colour, template] = match icon {
        Aggregate::NeedsYou => tray_files!("needs_you"),
        Aggregate::Problem => tray_files!("problem"),
        Aggregate::Unreachable => tray_files!("unreachable"),
        Aggregate::Transition => tray_files!("transition"),
        Aggregate::AllFine => tray_files!("all_fine"),
        Aggregate::NothingRunning => tray_files!("nothing_running"),
        Aggregate::Connecting => tray_files!("connecting"),
    };
    match style {
        Style::Colour => colour,
        Style::Light | Style::Dark | Style::Template => template,
    }
}

/// The small picture beside a server in the menu, as a PNG file.
pub(crate) fn item_file(condition: Condition) -> &'static [u8] {
    match condition {
        Condition::Running => picture!("item/running-16"),
        Condition::Starting => picture!("item/starting-16"),
        Condition::Stopping => picture!("item/stopping-16"),
        Condition::Offline => picture!("item/offline-16"),
        Condition::Crashed => picture!("item/crashed-16"),
        Condition::StillStopping => picture!("item/still_stopping-16"),
        Condition::Suspended => picture!("item/suspended-16"),
        Condition::Maintenance => picture!("item/maintenance-16"),
        Condition::Installing => picture!("item/installing-16"),
        Condition::InstallFailed => picture!("item/install_failed-16"),
        Condition::Restoring => picture!("item/restoring-16"),
        Condition::Transferring => picture!("item/transferring-16"),
        Condition::NodeUnreachable => picture!("item/node_unreachable-16"),
        Condition::Unknown => picture!("item/unknown-16"),
    }
}

/// The program's own picture, as a PNG file.
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "only Linux takes files")
)]
pub(crate) fn app_file() -> &'static [u8] {
    picture!("app-48")
}

#[cfg(test)]
mod tests {
    use super::{
        Aggregate, Condition, Pixels, Style, TRAY_SIZES, app_file, item_file, tray_pictures,
    };
    use std::collections::HashSet;

    fn png(color: png::ColorType, bytes: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 2, 1);
        encoder.set_color(color);
        encoder.set_depth(png::BitDepth::Eight);
        encoder
            .write_header()
            .unwrap()
            .write_image_data(bytes)
            .unwrap();
        file
    }

    #[test]
    fn pixels_keep_their_order_and_alpha_comes_first() {
        let file = png(png::ColorType::Rgba, &[1, 2, 3, 4, 5, 6, 7, 8]);
        let pixels = Pixels::of_png(&file).unwrap();
        assert_eq!((pixels.width, pixels.height), (2, 1));
        assert_eq!(pixels.into_argb(), [4, 1, 2, 3, 8, 5, 6, 7]);
    }

    #[test]
    fn other_colours_and_broken_files_are_refused() {
        let grey = png(png::ColorType::Grayscale, &[1, 2]);
        assert!(Pixels::of_png(&grey).is_err());
        assert!(Pixels::of_png(b"no picture").is_err());
        let whole = png(png::ColorType::Rgba, &[1, 2, 3, 4, 5, 6, 7, 8]);
        assert!(Pixels::of_png(&whole).is_ok());
        assert!(Pixels::of_png(&whole[..whole.len() / 2]).is_err());
    }

    #[test]
    fn every_state_has_its_own_picture_in_every_size_and_style() {
        let mut different = HashSet::new();
        let styles = [Style::Colour, Style::Light, Style::Dark];
        let looks = styles
            .into_iter()
            .flat_map(|style| [(style, false), (style, true)]);
        for state in Aggregate::ALL {
            for (style, unread) in looks.clone() {
                let pictures = tray_pictures(state, style, unread).unwrap();
                let sizes: Vec<_> = pictures.iter().map(|p| (p.width, p.height)).collect();
                assert_eq!(sizes, TRAY_SIZES.map(|size| (size, size)), "{state:?}");
                for pixels in pictures {
                    assert_eq!(pixels.rgba.len() as u32, 4 * pixels.width * pixels.height);
                    assert!(
                        pixels.rgba.chunks_exact(4).any(|pixel| pixel[3] == 0xff),
                        "{state:?} shows nothing"
                    );
                    assert!(
                        different.insert(pixels.rgba),
                        "{state:?} in {style:?}, unread {unread}, looks like another"
                    );
                }
            }
        }
    }

    #[test]
    fn light_icons_are_white_and_templates_black() {
        for (style, ink) in [(Style::Light, 0xff), (Style::Dark, 0), (Style::Template, 0)] {
            for pixels in tray_pictures(Aggregate::Problem, style, true).unwrap() {
                for pixel in pixels.rgba.chunks_exact(4) {
                    assert_eq!(pixel[..3], [ink; 3], "{style:?}");
                }
            }
        }
    }

    #[test]
    fn the_mark_is_a_dot_in_the_corner_and_leaves_the_state_to_be_seen() {
        for state in Aggregate::ALL {
            let [plain, marked] =
                [false, true].map(|unread| tray_pictures(state, Style::Colour, unread).unwrap());
            for (plain, marked) in plain.iter().zip(&marked) {
                let all = plain.rgba.chunks_exact(4).zip(marked.rgba.chunks_exact(4));
                let side = plain.width as usize;
                let mut dot = 0;
                for (number, (before, after)) in all.enumerate() {
                    let corner = number % side >= side / 2 && number / side < side / 2;
                    assert!(corner || before == after, "{state:?} outside the corner");
                    dot += usize::from(after[..3] == super::DOT_INK && after[3] == 0xff);
                }
                assert!(dot * 30 >= side * side, "{state:?}: {dot} of {side}²");
            }
        }
    }

    #[test]
    fn a_square_is_cut_where_it_lies_and_not_beyond() {
        let file = png(png::ColorType::Rgba, &[1, 2, 3, 4, 5, 6, 7, 8]);
        let pixels = Pixels::of_png(&file).unwrap();
        assert_eq!(pixels.square(1, 1).unwrap().rgba, [5, 6, 7, 8]);
        assert_eq!(pixels.square(2, 1), None);
        assert_eq!(pixels.square(0, 2), None);
        assert_eq!(pixels.square(u32::MAX, 1), None);
    }

    #[test]
    fn every_condition_and_the_program_have_a_picture() {
        for condition in Condition::ALL {
            let pixels = Pixels::of_png(item_file(condition)).unwrap();
            assert_eq!((pixels.width, pixels.height), (16, 16), "{condition:?}");
        }
        assert_eq!(Pixels::of_png(app_file()).unwrap().width, 48);
    }
}
