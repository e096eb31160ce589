//! Figures on their way out, and the little arithmetic they need. Never says whether one is good.

use serde_json::json;

/// Whose figure it is when it is ours; the peer's bear the version of its client.
pub(crate) const OURS: &str = "ours";

/// A number, with how many samples it was made of.
pub(crate) fn number(row: &str, who: &str, value: f64, samples: usize) {
    println!(
        "{}",
        json!({"row": row, "who": who, "value": value, "samples": samples})
    );
}

/// Something that is no number: why there is none.
pub(crate) fn words(row: &str, who: &str, words: &str) {
    println!("{}", json!({"row": row, "who": who, "words": words}));
}

/// A remark below the table.
pub(crate) fn remark(remark: &str) {
    println!("{}", json!({"remark": remark}));
}

/// Tells the person who waits what is going on.
pub(crate) fn progress(line: &str) {
    eprintln!("  {line}");
}

/// The middle one; of none it is not a number.
pub(crate) fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The value that this share of all does not exceed (nearest rank); of none it is not a number.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil().max(1.0) as usize;
    sorted.get(rank - 1).copied().unwrap_or(f64::NAN)
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

pub(crate) fn largest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NAN, f64::max)
}
