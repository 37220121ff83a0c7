//! Suggests the known name that an unknown one probably means.

/// Other names for our parameters.
pub(crate) const ELSEWHERE: [(&str, &str); 4] =
    [("lr", "alpha"), ("learning-rate", "alpha"), ("eta", "alpha"), ("iterations", "steps")];

/// The known name closest to another, if that could be a typing error or a synonym.
///
/// Case, hyphens and underscores are ignored; a name may be abbreviated to three letters or more.
#[must_use]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let wanted = letters(name);
    let same = ELSEWHERE.iter().find(|(word, _)| letters(word) == wanted);
    if let Some((_, ours)) = same {
        return known.iter().find(|known| *known == ours).copied();
    }
    let apart = |known: &str| {
        let known = letters(known);
        if wanted.len() > 2 && known.starts_with(&wanted) { 1 } else { distance(&wanted, &known) }
    };
    let all = known.iter().map(|known| (apart(known), *known));
    let (apart, known) = all.min_by_key(|(apart, _)| *apart)?;
    let slips = match wanted.len() {
        ..3 => 0,
        3 => 1,
        _ => 2,
    };
    (apart <= slips).then_some(known)
}

/// The significant bytes of a name.
fn letters(name: &str) -> Vec<u8> {
    let few = name.bytes().take(40).filter(|byte| !b"-_ ".contains(byte));
    few.map(|byte| byte.to_ascii_lowercase()).collect()
}

/// The edit distance: insertions, deletions and substitutions. A transposition counts as two.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let exchanged = last[j] + usize::from(a != b);
            row.push(exchanged.min(last[j + 1] + 1).min(row[j] + 1));
        }
        last = row;
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_get_a_suggestion() {
        let known = ["alpha", "beta", "beta1", "weight-decay", "k", "start", "steps", "elevation"];
        for (name, meant) in [
            ("Alpha", Some("alpha")),
            ("alfa", Some("alpha")),
            ("lr", Some("alpha")),
            ("n", None),
            ("bate", Some("beta")),
            ("stat", Some("start")),
            ("weightDecay", Some("weight-decay")),
            ("weight_decay", Some("weight-decay")),
            ("weight", Some("weight-decay")),
            ("K", Some("k")),
            ("starts", Some("start")),
            ("step", Some("steps")),
            ("elev", Some("elevation")),
            ("Beta", Some("beta")),
            ("colour", None),
            ("utm_source", None),
            ("learning-rate", Some("alpha")),
            ("", None),
            ("αλφα", None),
        ] {
            assert_eq!(nearest(name, &known), meant, "{name}");
        }
    }
}
