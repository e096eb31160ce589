//! Packs PNG files into the icon containers of Windows (ICO) and macOS (ICNS).
//! Never looks inside the PNG files: sizes are what the caller says.

use anyhow::{Context, Result, bail};

/// An ICO file whose entries are PNG files, which Windows reads since Vista. Sizes in pixels, at most 256.
/// Layout: 6 bytes header, 16 bytes a directory entry, then the files; little-endian.
pub(super) fn ico(pngs: &[(u32, Vec<u8>)]) -> Result<Vec<u8>> {
    let mut file = vec![0, 0, 1, 0];
    file.extend(u16::try_from(pngs.len())?.to_le_bytes());
    let mut offset = 6 + 16 * pngs.len();
    for (size, png) in pngs {
        // One byte a side: 256 is written as 0.
        let side = match size {
            1..=255 => u8::try_from(*size)?,
            256 => 0,
            _ => bail!("an ICO entry of {size} pixels does not exist"),
        };
        file.extend([side, side, 0, 0, 1, 0, 32, 0]);
        file.extend(u32::try_from(png.len())?.to_le_bytes());
        file.extend(u32::try_from(offset)?.to_le_bytes());
        offset += png.len();
    }
    for (_, png) in pngs {
        file.extend(png);
    }
    Ok(file)
}

/// An ICNS file whose entries are PNG files. Sizes in pixels: 32 and 64 (16 and 32 points, twice as dense), 128, 256 or 512.
/// Layout: magic and total length, then type, length and file for each entry; lengths are big-endian and include their own header.
pub(super) fn icns(pngs: &[(u32, Vec<u8>)]) -> Result<Vec<u8>> {
    let mut entries = Vec::new();
    for (size, png) in pngs {
        let kind = match size {
            32 => b"ic11",
            64 => b"ic12",
            128 => b"ic07",
            256 => b"ic08",
            512 => b"ic09",
            _ => bail!("no ICNS entry is kept for {size} pixels"),
        };
        entries.extend(kind);
        entries.extend(length_with_header(png.len())?);
        entries.extend(png);
    }
    let mut file = b"icns".to_vec();
    file.extend(length_with_header(entries.len())?);
    file.extend(entries);
    Ok(file)
}

fn length_with_header(length: usize) -> Result<[u8; 4]> {
    let total = u32::try_from(length + 8).context("an icon file this large is a mistake")?;
    Ok(total.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ico_entries_point_at_their_files() {
        let file = ico(&[(16, b"small".to_vec()), (256, b"large!".to_vec())]).unwrap();
        assert_eq!(&file[..6], &[0, 0, 1, 0, 2, 0]);
        for (entry, side, png) in [(6, 16, &b"small"[..]), (22, 0, b"large!")] {
            let number =
                |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
            let (length, offset) = (number(entry + 8), number(entry + 12));
            assert_eq!(file[entry], side);
            assert_eq!(&file[offset..offset + length], png);
        }
    }

    #[test]
    fn icns_lengths_add_up() {
        let file = icns(&[(128, b"abc".to_vec()), (512, b"defg".to_vec())]).unwrap();
        assert_eq!(&file[..8], b"icns\0\0\0\x1f");
        assert_eq!(&file[8..19], b"ic07\0\0\0\x0babc");
        assert_eq!(&file[19..], b"ic09\0\0\0\x0cdefg");
        assert_eq!(file.len(), 0x1f);
    }

    #[test]
    fn unknown_sizes_are_refused() {
        assert!(ico(&[(512, Vec::new())]).is_err());
        assert!(icns(&[(48, Vec::new())]).is_err());
    }
}
