//! The icon files, and their pixels as the desktop wants them.
//!
//! Draws nothing: `icons/` holds the one source of every picture.

use anyhow::{Context as _, bail};
use pterotray_core::{Aggregate, Condition};
use std::io::Cursor;

macro_rules! picture {
    ($name:literal) => {
        include_bytes!(concat!("../../../../icons/generated/", $name, ".png")).as_slice()
    };
}

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

    /// Alpha first: 32 bits a pixel in network byte order, as a `StatusNotifierItem` wants them.
    pub(crate) fn into_argb(self) -> Vec<u8> {
        let mut argb = self.rgba;
        for pixel in argb.chunks_exact_mut(4) {
            pixel.rotate_right(1);
        }
        argb
    }
}

/// The tray icon of a state as PNG files, for ordinary and for high-density panels.
pub(crate) fn tray_files(icon: Aggregate) -> [&'static [u8]; 2] {
    match icon {
        Aggregate::NeedsYou => [picture!("tray/needs_you-22"), picture!("tray/needs_you-44")],
        Aggregate::Problem => [picture!("tray/problem-22"), picture!("tray/problem-44")],
        Aggregate::Unreachable => [
            picture!("tray/unreachable-22"),
            picture!("tray/unreachable-44"),
        ],
        Aggregate::Transition => [
            picture!("tray/transition-22"),
            picture!("tray/transition-44"),
        ],
        Aggregate::AllFine => [picture!("tray/all_fine-22"), picture!("tray/all_fine-44")],
        Aggregate::NothingRunning => [
            picture!("tray/nothing_running-22"),
            picture!("tray/nothing_running-44"),
        ],
        Aggregate::Connecting => [
            picture!("tray/connecting-22"),
            picture!("tray/connecting-44"),
        ],
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
pub(crate) fn app_file() -> &'static [u8] {
    picture!("app-48")
}

#[cfg(test)]
mod tests {
    use super::{Aggregate, Condition, Pixels, app_file, item_file, tray_files};
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
    fn every_state_has_its_own_picture_in_both_sizes() {
        let mut different = HashSet::new();
        for state in Aggregate::ALL {
            for (file, size) in tray_files(state).into_iter().zip([22, 44]) {
                let pixels = Pixels::of_png(file).unwrap();
                assert_eq!((pixels.width, pixels.height), (size, size), "{state:?}");
                assert!(
                    pixels.rgba.iter().any(|&byte| byte != 0),
                    "{state:?} shows nothing"
                );
                assert!(
                    different.insert(pixels.rgba),
                    "{state:?} looks like another state"
                );
            }
        }
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
