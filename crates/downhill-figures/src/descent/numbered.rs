//! Numbered runs from several starts.

/// The most starts that can be told apart in one figure.
pub(crate) const MOST_STARTS: usize = 32;

/// The names of the runs in snapshots and CSV.
pub(crate) const RUN_NAMES: [&str; MOST_STARTS] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17",
    "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32",
];
