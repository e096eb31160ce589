//! A picture in memory: rendered from SVG, laid over another, written as and read from PNG.
//! Knows nothing of which icons exist or where they go.

use std::fs;
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context, Result, bail};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

/// Square or not, 8 bits a channel, RGBA with straight (not premultiplied) alpha, rows from the top.
#[derive(Clone)]
pub(super) struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    pixels: Vec<[u8; 4]>,
}

impl Picture {
    pub(super) fn filled(width: u32, height: u32, [red, green, blue]: [u8; 3]) -> Self {
        Self {
            width,
            height,
            pixels: vec![[red, green, blue, 0xff]; (width * height) as usize],
        }
    }

    /// Renders a square SVG at `size` pixels a side.
    pub(super) fn from_svg(path: &Path, size: u32) -> Result<Self> {
        Self::from_svg_at_corner(path, size, 1.0)
    }

    /// The same, with what is drawn enlarged away from the lower right corner, which stays where it is.
    pub(super) fn from_svg_at_corner(path: &Path, size: u32, enlarged: f32) -> Result<Self> {
        let source = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let tree = usvg::Tree::from_data(&source, &usvg::Options::default())
            .with_context(|| format!("{} is not a usable SVG", path.display()))?;
        let mut canvas = Pixmap::new(size, size).context("an icon has at least one pixel")?;
        let scale = enlarged * size as f32 / tree.size().width();
        let corner = size as f32 * (1.0 - enlarged);
        resvg::render(
            &tree,
            Transform::from_row(scale, 0.0, 0.0, scale, corner, corner),
            &mut canvas.as_mut(),
        );
        let pixels = canvas
            .pixels()
            .iter()
            .map(|pixel| {
                let straight = pixel.demultiply();
                [
                    straight.red(),
                    straight.green(),
                    straight.blue(),
                    straight.alpha(),
                ]
            })
            .collect();
        Ok(Self {
            width: size,
            height: size,
            pixels,
        })
    }

    /// Reads an RGBA PNG of 8 bits a channel, the only kind written here.
    pub(super) fn from_png(path: &Path) -> Result<Self> {
        let file =
            fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut reader = png::Decoder::new(BufReader::new(file)).read_info()?;
        if reader.output_color_type() != (png::ColorType::Rgba, png::BitDepth::Eight) {
            bail!(
                "{} is not an RGBA picture of 8 bits a channel",
                path.display()
            );
        }
        let mut bytes = vec![
            0;
            reader
                .output_buffer_size()
                .context("the picture is too large")?
        ];
        let frame = reader.next_frame(&mut bytes)?;
        let (pixels, _) = bytes.as_chunks::<4>();
        Ok(Self {
            width: frame.width,
            height: frame.height,
            pixels: pixels.to_vec(),
        })
    }

    /// The smallest file of those that the PNG filters give. RGBA always: the bundler of the window takes nothing else.
    pub(super) fn to_png(&self) -> Result<Vec<u8>> {
        let mut smallest: Option<Vec<u8>> = None;
        for filter in [
            png::Filter::NoFilter,
            png::Filter::Sub,
            png::Filter::Up,
            png::Filter::Paeth,
            png::Filter::Adaptive,
        ] {
            let file = self.to_png_with(filter)?;
            if smallest.as_ref().is_none_or(|best| file.len() < best.len()) {
                smallest = Some(file);
            }
        }
        smallest.context("no filter gave a file")
    }

    fn to_png_with(&self, filter: png::Filter) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(filter);
        encoder
            .write_header()?
            .write_image_data(self.pixels.as_flattened())?;
        Ok(bytes)
    }

    pub(super) fn pixel(&self, x: u32, y: u32) -> [u8; 4] {
        self.pixels[(y * self.width + x) as usize]
    }

    /// This picture with `badge` on top, cut away `gap` pixels round whatever the badge covers or encloses. Same size both.
    pub(super) fn under(&self, badge: &Self, gap: f32) -> Self {
        let covered = badge.filled_coverage();
        let mut result = self.clone();
        for y in 0..self.height {
            for x in 0..self.width {
                let cut = self.strongest_near(&covered, x, y, gap);
                let pixel = &mut result.pixels[(y * self.width + x) as usize];
                pixel[3] = (f32::from(pixel[3]) * (1.0 - cut)).round() as u8;
                *pixel = over(badge.pixel(x, y), *pixel);
            }
        }
        result
    }

    /// The same with every pixel's alpha multiplied.
    pub(super) fn faded(&self, alpha: f32) -> Self {
        let mut result = self.clone();
        for pixel in &mut result.pixels {
            pixel[3] = (f32::from(pixel[3]) * alpha).round() as u8;
        }
        result
    }

    /// The same shape in one colour.
    pub(super) fn painted(&self, [red, green, blue]: [u8; 3]) -> Self {
        let mut result = self.clone();
        for pixel in &mut result.pixels {
            let alpha = pixel[3];
            // What cannot be seen compresses best when it is all the same.
            *pixel = if alpha == 0 {
                [0; 4]
            } else {
                [red, green, blue, alpha]
            };
        }
        result
    }

    /// From left to right, aligned at the top, transparent below the smaller ones.
    pub(super) fn side_by_side(pictures: &[Self]) -> Self {
        let width = pictures.iter().map(|picture| picture.width).sum();
        let height = pictures.iter().map(|picture| picture.height).max();
        let height = height.unwrap_or(0);
        let mut row = Self {
            width,
            height,
            pixels: vec![[0; 4]; (width * height) as usize],
        };
        let mut left = 0;
        for picture in pictures {
            row.stamp(picture, left, 0);
            left += picture.width;
        }
        row
    }

    /// Lays `other` over this picture with its corner at (`left`, `top`); what lies outside is left off.
    pub(super) fn stamp(&mut self, other: &Self, left: u32, top: u32) {
        for y in 0..other.height {
            for x in 0..other.width {
                let (to_x, to_y) = (left + x, top + y);
                if to_x < self.width && to_y < self.height {
                    let pixel = &mut self.pixels[(to_y * self.width + to_x) as usize];
                    *pixel = over(other.pixel(x, y), *pixel);
                }
            }
        }
    }

    /// Whether no channel of any pixel differs by more than rounding; what lies under full transparency does not count.
    pub(super) fn resembles(&self, other: &Self) -> bool {
        const ROUNDING: u8 = 3;
        let close = |a: &[u8; 4], b: &[u8; 4]| {
            (a[3] <= ROUNDING && b[3] <= ROUNDING)
                || a.iter()
                    .zip(b)
                    .all(|(a, b)| a.abs_diff(*b) <= ROUNDING.max(255 / a.max(b).max(&1)))
        };
        self.width == other.width
            && self.height == other.height
            && self
                .pixels
                .iter()
                .zip(&other.pixels)
                .all(|(a, b)| close(a, b))
    }

    /// The coverage (0 to 1) of each pixel; whatever cannot be reached from the edge without crossing a line counts as covered.
    fn filled_coverage(&self) -> Vec<f32> {
        const LINE: u8 = 0x80;
        let (width, height) = (self.width as usize, self.height as usize);
        let mut outside = vec![false; self.pixels.len()];
        let mut reached: Vec<usize> = (0..self.pixels.len())
            .filter(|at| {
                let (x, y) = (at % width, at / width);
                x == 0 || y == 0 || x + 1 == width || y + 1 == height
            })
            .collect();
        while let Some(at) = reached.pop() {
            if outside[at] || self.pixels[at][3] >= LINE {
                continue;
            }
            outside[at] = true;
            let x = at % width;
            let (left, right) = (x > 0, x + 1 < width);
            let (up, down) = (at >= width, at + width < self.pixels.len());
            reached.extend(left.then(|| at - 1));
            reached.extend(right.then(|| at + 1));
            reached.extend(up.then(|| at - width));
            reached.extend(down.then(|| at + width));
        }
        let coverage = |(pixel, outside): (&[u8; 4], &bool)| {
            if *outside {
                f32::from(pixel[3]) / 255.0
            } else {
                1.0
            }
        };
        self.pixels.iter().zip(&outside).map(coverage).collect()
    }

    /// The strongest coverage within `radius` pixels of a place, fading over the last pixel.
    fn strongest_near(&self, coverage: &[f32], x: u32, y: u32, radius: f32) -> f32 {
        let reach = radius.ceil() as i64;
        let mut strongest: f32 = 0.0;
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let (Ok(near_x), Ok(near_y)) = (
                    u32::try_from(i64::from(x) + dx),
                    u32::try_from(i64::from(y) + dy),
                ) else {
                    continue;
                };
                if near_x >= self.width || near_y >= self.height {
                    continue;
                }
                let distance = ((dx * dx + dy * dy) as f32).sqrt();
                let fade = (radius + 1.0 - distance).clamp(0.0, 1.0);
                strongest = strongest.max(coverage[(near_y * self.width + near_x) as usize] * fade);
            }
        }
        strongest
    }
}

/// Source-over with straight alpha.
fn over(top: [u8; 4], bottom: [u8; 4]) -> [u8; 4] {
    let alpha = |pixel: [u8; 4]| f32::from(pixel[3]) / 255.0;
    let (above, below) = (alpha(top), alpha(bottom) * (1.0 - alpha(top)));
    let total = above + below;
    if total <= 0.0 {
        return [0; 4];
    }
    let mix = |channel: usize| {
        ((f32::from(top[channel]) * above + f32::from(bottom[channel]) * below) / total).round()
            as u8
    };
    [mix(0), mix(1), mix(2), (total * 255.0).round() as u8]
}
