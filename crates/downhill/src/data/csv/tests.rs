//! Tests of reading points as they are typed, pasted and exported.

use super::*;
use proptest::prelude::*;

#[test]
fn the_usual_dialects_are_read() {
    for text in [
        "1,2\n3,-4.5",
        "1,2\r\n3,-4.5\r\n",
        "\u{feff}x,y\n1,2\n\n3,-4.5\n",
        "# mine\n hours , points\n1 , 2\n3,−4.5",
        "1;2\n3;-4,5\n",
        "1\t2\n3\t-4,5\n",
        "\"x\",\"y\"\n\"1\",\"2\"\n\"3\",\"-4.5\"\n",
        "1e0,+2\n3.,-45e-1",
    ] {
        let data = Dataset::from_csv(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(data.points(), [[1.0, 2.0], [3.0, -4.5]], "{text:?}");
    }
}

/// Asserts the points and the description of how they were read.
#[track_caller]
fn check(text: &str, points: &[[f64; 2]], said: &str) {
    match Dataset::read_csv(text, 1e12) {
        Ok((data, reading)) => {
            assert_eq!(data.points(), points, "{text:?}");
            assert_eq!(reading.to_string(), said, "{text:?}");
        }
        Err(error) => panic!("{text:?}: {error}"),
    }
}

#[track_caller]
fn refused(text: &str, sentence: &str) {
    let error = Dataset::read_csv(text, 1e12).expect_err(text);
    assert_eq!(error.to_string(), sentence, "{text:?}");
}

#[test]
fn one_separator_and_one_decimal_mark_hold_for_the_whole_text() {
    check(
        "x;y\n0,5;1\n1.000;2",
        &[[0.5, 1.0], [1000.0, 2.0]],
        "2 points; columns separated by a semicolon, decimals by a comma, thousands by a point; line 1 is a heading",
    );
    check(
        "1.234.567,5;2\n1 000;-3",
        &[[1_234_567.5, 2.0], [1000.0, -3.0]],
        "2 points; columns separated by a semicolon, decimals by a comma, thousands by a point",
    );
    check(
        "12,345.5\t1\n1,000\t2",
        &[[12_345.5, 1.0], [1000.0, 2.0]],
        "2 points; columns separated by a tab, decimals by a point, thousands by a comma",
    );
    // A leading 0 is not a group of thousands.
    check(
        "0.125\t2\n1.250\t3",
        &[[0.125, 2.0], [1.25, 3.0]],
        "2 points; columns separated by a tab, decimals by a point",
    );
    check(
        "1,5E+02;1\n2;1e3",
        &[[150.0, 1.0], [2.0, 1000.0]],
        "2 points; columns separated by a semicolon, decimals by a comma",
    );
    check(
        "1'000;2\n2’500;3",
        &[[1000.0, 2.0], [2500.0, 3.0]],
        "2 points; columns separated by a semicolon, no decimals, thousands by an apostrophe",
    );
    refused(
        "0.5;1\n2;3\n0,5;1",
        "line 3: found '0,5' with a decimal comma, but '0.5' in line 1 has a decimal point; expected the same in all lines",
    );
    refused(
        "1,5;2.5",
        "line 1: found '2.5' with a decimal point, but '1,5' in line 1 has a decimal comma; expected the same in all lines",
    );
    refused(
        "1,2\n3;4",
        "line 1: found 1 value, expected two: x and y with a semicolon between them, as in line 2",
    );
    refused(
        "x\ty\n1,2",
        "line 2: found 1 value, expected two: x and y with a tab between them, as in line 1",
    );
    refused("1.00.000;2", "line 1: found '1.00.000', expected a finite number for x");
}

#[test]
fn ambiguous_text_is_refused_with_both_readings() {
    refused(
        "x;y\n1.000;2",
        "line 2: found '1.000;2', which can be x = 1, y = 2 with a point for decimals or x = 1000, y = 2 with a comma for decimals; write dec=. or dec=, in a line above",
    );
    refused(
        "\"1,000\",\"2,000\"",
        "line 1: found '\"1,000\",\"2,000\"', which can be x = 1000, y = 2000 with a point for decimals or x = 1, y = 2 with a comma for decimals; write dec=. or dec=, in a line above",
    );
    refused(
        "0,5 250",
        "line 1: found '0,5 250', which can be x = 0, y = 5250 with a comma between the columns or x = 0.5, y = 250 with blanks between the columns; put a semicolon between the columns",
    );
    let remedy = "expected one x,y to a line, or sep= with the separator above them";
    for one_line in ["1,2;3,4", "1,2 3,4"] {
        refused(
            one_line,
            &format!(
                "line 1: found '{one_line}', which can be one point with decimal commas or two points; {remedy}"
            ),
        );
    }
    for one_number in ["0,05", "1,000", "1 000"] {
        refused(
            one_number,
            &format!("line 1: found '{one_number}', which can be two numbers or one; {remedy}"),
        );
    }
    // A declared mark removes the ambiguity.
    assert_eq!(Dataset::from_csv("dec=.\n1.000;2").unwrap().points(), [[1.0, 2.0]]);
    assert_eq!(Dataset::from_csv("dec=,\n1.000;2").unwrap().points(), [[1000.0, 2.0]]);
    assert_eq!(Dataset::from_csv("sep=;\n1,2;3,4").unwrap().points(), [[1.2, 3.4]]);
    assert_eq!(Dataset::from_csv("sep=,\n1,05").unwrap().points(), [[1.0, 5.0]]);
    // In plain comma-separated text the point is the decimal mark.
    check(
        "1.000,2.500",
        &[[1.0, 2.5]],
        "1 point; columns separated by a comma, decimals by a point",
    );
}

#[test]
fn minus_signs_and_digits_are_those_of_any_keyboard() {
    for minus in ['-', '−', '–', '‒', '—', '‐', '\u{2011}', '－', '﹣'] {
        check(
            &format!("{minus}1,{minus}2\n3,4"),
            &[[-1.0, -2.0], [3.0, 4.0]],
            "2 points; columns separated by a comma, no decimals",
        );
    }
    check(
        "１，−２．５",
        &[[1.0, -2.5]],
        "1 point; columns separated by a comma, decimals by a point",
    );
    check(
        "٣٫٥؛٤",
        &[[3.5, 4.0]],
        "1 point; columns separated by a semicolon, decimals by an Arabic mark",
    );
    for text in ["۱۲٬۳۴۵٫۵؛٤", "١٢٬٣٤٥٫٥;٤"] {
        check(
            text,
            &[[12_345.5, 4.0]],
            "1 point; columns separated by a semicolon, decimals by an Arabic mark, thousands by an Arabic mark",
        );
    }
    refused("1٬234'567;2", "line 1: found '1٬234'567', expected a finite number for x");
    check(
        "٫5;٫25",
        &[[0.5, 0.25]],
        "1 point; columns separated by a semicolon, decimals by an Arabic mark",
    );
    check("۱۲،३", &[[12.0, 3.0]], "1 point; columns separated by a comma, no decimals");
}

#[test]
fn other_than_two_columns_are_counted() {
    let commas = "line 1: found 3 columns, expected two: x,y, or x;y with decimal commas";
    for text in [
        "0,1,2\n1,3,4",
        "1,2,0\n3,4,1",
        "0,0,0",
        "1,000,2\n3,000,4",
        "n,x,y\n0,1,2",
        "1,50%,3",
        "$1,000,$2",
    ] {
        refused(text, commas);
    }
    refused(
        "0.50,1\n0,50,2",
        "line 2: found 3 columns, expected two: x,y, or x;y with decimal commas",
    );
    refused("0,5,1,5", "line 1: found 4 columns, expected two: x,y, or x;y with decimal commas");
    for (mark, name) in
        [(";", "a semicolon"), ("\t", "a tab"), (" ", "blanks"), ("|", "a vertical bar")]
    {
        let sentence =
            format!("line 1: found 3 columns, expected two: x and y with {name} between them");
        for text in ["0,1,2\n1,3,4", "1,2,0\n3,4,1", "0,0,0", "1,0.0,3\n2,4,5", "1,1e-400,2"] {
            refused(&text.replace(',', mark), &sentence);
        }
    }
    for one in ["0", "0.0", "-0", "7"] {
        refused(one, "line 1: found 1 value, expected two: x,y");
    }
}

#[test]
fn formats_of_spreadsheets_and_pages_are_read() {
    let said = "2 points; columns separated by a comma, no decimals";
    for text in [
        "1,2\r3,4\r",
        "1,2\u{2028}3,4",
        "1,2,\n3,4,,",
        "“1”,“2”\n\"3\",4",
        "\u{200b}1, 2\u{200e}\n3 ,\t4",
        "\u{feff}1,2\n\n3,4",
    ] {
        check(text, &[[1.0, 2.0], [3.0, 4.0]], said);
    }
    check(
        "\"1,0\",\"2,0\"",
        &[[1.0, 2.0]],
        "1 point; columns separated by a comma, decimals by a comma",
    );
    check(
        "\"height, cm\",weight\n1,2",
        &[[1.0, 2.0]],
        "1 point; columns separated by a comma, no decimals; line 1 is a heading",
    );
    check(
        "\u{feff}sep=;\r\n1,5;2",
        &[[1.5, 2.0]],
        "1 point; columns separated by a semicolon, decimals by a comma",
    );
    check("SEP=\t\n1\t2", &[[1.0, 2.0]], "1 point; columns separated by a tab, no decimals");
    check(
        "1;2;\n3;4;",
        &[[1.0, 2.0], [3.0, 4.0]],
        "2 points; columns separated by a semicolon, no decimals",
    );
    for text in ["1 2\n3 4", "1  \t2\n3\u{a0}4", " 1 2 \n\u{3000}3\u{2009}\u{202f}4"] {
        let said = "2 points; columns separated by blanks, no decimals";
        check(text, &[[1.0, 2.0], [3.0, 4.0]], said);
    }
    check(
        "0,5 1,5\n−1 2",
        &[[0.5, 1.5], [-1.0, 2.0]],
        "2 points; columns separated by blanks, decimals by a comma",
    );
    check(
        "| x | y |\n|---|:-:|\n| 1 | −2 |",
        &[[1.0, -2.0]],
        "1 point; columns separated by a vertical bar, no decimals; line 1 is a heading",
    );
    check(
        "1\u{a0}000;2\n1\u{202f}000\u{202f}000,5;3",
        &[[1000.0, 2.0], [1_000_000.5, 3.0]],
        "2 points; columns separated by a semicolon, decimals by a comma, thousands by blanks",
    );
    refused(
        "sep=x\n1,2",
        "line 1: found 'sep=x', expected sep= with a comma, semicolon, tab, bar or blank, or dec= with a point or comma",
    );
    refused("1,2\n\"3,4", "line 2: expected a closing quotation mark, then the separator");
    refused("\"1\"5,2", "line 1: expected a closing quotation mark, then the separator");
    refused(
        "1\t2\t\n\t3\t4",
        "line 2: found 3 columns, expected two: x and y with a tab between them, as in line 1",
    );
}

#[test]
fn omissions_are_reported() {
    check(
        "#1,2\n3,4",
        &[[3.0, 4.0]],
        "1 point; columns separated by a comma, no decimals; lines that begin with # are left out",
    );
    // One row of a German spreadsheet.
    check(
        "1.234,56\t7,5",
        &[[1234.56, 7.5]],
        "1 point; columns separated by a tab, decimals by a comma, thousands by a point",
    );
    check(
        "1,00;2,05",
        &[[1.0, 2.05]],
        "1 point; columns separated by a semicolon, decimals by a comma",
    );
}

#[test]
fn a_heading_is_a_line_without_any_number() {
    for heading in [
        "x1,CO2",
        "height (cm), weight (kg)",
        "\"height, cm\";weight",
        "Δt;weight",
        "年;値",
        "a title",
        "speed in m/s,y",
    ] {
        let separator = if heading.contains(';') { ';' } else { ',' };
        let data = Dataset::from_csv(&format!("{heading}\n1{separator}2"))
            .unwrap_or_else(|error| panic!("{heading}: {error}"));
        assert_eq!(data.points(), [[1.0, 2.0]], "{heading}");
    }
    for (row, found) in [
        ("–1,two", "two"),
        ("x,2", "x"),
        ("1a,2b", "1a"),
        ("year 2020,y", "year 2020"),
        ("~5,~6", "~5"),
        ("US 5,US 6", "US 5"),
        ("NaN,NaN", "NaN"),
        ("NA,NA", "NA"),
        ("n/a,n/a", "n/a"),
        ("#N/A,#N/A", "#N/A"),
        ("#DIV/0!,1", "#DIV/0!"),
        ("#NV;#NV", "#NV"),
        ("-;-", "-"),
        ("∞,1", "∞"),
    ] {
        let error =
            Dataset::from_csv(&format!("{row}\n1{}2", if row.contains(';') { ';' } else { ',' }))
                .expect_err(row);
        assert_eq!(error.line(), 1, "{row}");
        assert!(error.to_string().contains(&format!("found '{found}'")), "{row}: {error}");
    }
    check(
        "a title\nx,y\n1,2",
        &[[1.0, 2.0]],
        "1 point; columns separated by a comma, no decimals; lines 1 to 2 are headings",
    );
    refused("1,2\nx,y\n3,4", "line 2: found 'x', expected a finite number for x");
}

#[test]
fn ambiguous_numbers_are_refused_with_a_reason() {
    let expected = "expected a finite number for x";
    for (text, sentence) in [
        ("$1,$2", format!("line 1: found '$1', {expected} without a currency sign")),
        ("1 €;2 €", format!("line 1: found '1 €', {expected} without a currency sign")),
        (
            "(1),(2)",
            format!(
                "line 1: found '(1)', {expected}; brackets can mean a negative number or nothing"
            ),
        ),
        (
            "50%,1",
            format!(
                "line 1: found '50%', {expected}; it can mean a share or a hundred times as much"
            ),
        ),
        ("[[1,2],[3,4]]", format!("line 1: found '[[1', {expected} without brackets")),
        ("[(1, 2), (3, 4)]", format!("line 1: found '[(1', {expected} without brackets")),
        ("(1, 2)\n(3, 4)", format!("line 1: found '(1', {expected} without brackets")),
        ("{1,2}", format!("line 1: found '{{1', {expected} without brackets")),
        ("1e-400,1", format!("line 1: found '1e-400', {expected} that can be told from 0")),
        ("1,5e-400;1", format!("line 1: found '1,5e-400', {expected} that can be told from 0")),
        ("1\u{200b}2,3", format!("line 1: found '1[U+200B]2', {expected}")),
        ("2024-01-05,3", format!("line 1: found '2024-01-05', {expected}")),
        ("12:30;3", format!("line 1: found '12:30', {expected}")),
        ("01.02.2024;3", format!("line 1: found '01.02.2024', {expected}")),
        ("5 kg,3", format!("line 1: found '5 kg', {expected}")),
        ("1/2,3", format!("line 1: found '1/2', {expected}")),
        ("5-,3", format!("line 1: found '5-', {expected}")),
        ("0x10,3", format!("line 1: found '0x10', {expected}")),
        ("\"\",1", format!("line 1: found '', {expected}")),
        (
            "1,2\n1e13,2",
            "line 2: found '1e13', expected a number from -1000000000000 to 1000000000000"
                .to_owned(),
        ),
        (
            "1,5,2,5",
            "line 1: found 4 columns, expected two: x,y, or x;y with decimal commas".to_owned(),
        ),
        (
            ",x,y\n0,1,2",
            "line 1: found 3 columns, expected two: x,y, or x;y with decimal commas".to_owned(),
        ),
        ("1\n2", "line 1: found 1 value, expected two: x,y".to_owned()),
    ] {
        refused(text, &sentence);
    }
}

#[test]
fn errors_name_the_line() {
    for (text, line, sentence) in [
        ("", 0, "found no points; expected lines such as 1,2"),
        ("x,y\n", 0, "found no points; expected lines such as 1,2"),
        ("1,2\n3\n", 2, "line 2: found 1 value, expected two: x,y"),
        ("1,2,3\n", 1, "line 1: found 3 columns, expected two: x,y, or x;y with decimal commas"),
        (
            "x,y,z\n1,2\n",
            1,
            "line 1: found 3 columns, expected two: x,y, or x;y with decimal commas",
        ),
        ("\n1,2\nx,y\n", 3, "line 3: found 'x', expected a finite number for x"),
        ("x,2\n", 1, "line 1: found 'x', expected a finite number for x"),
        ("1,\n", 1, "line 1: found '', expected a finite number for y"),
        ("nan,nan\n1,2", 1, "line 1: found 'nan', expected a finite number for x"),
        (",\n1,2", 1, "line 1: found '', expected a finite number for x"),
        ("1,inf\n", 1, "line 1: found 'inf', expected a finite number for y"),
        ("1,2\r\n3,4\r\nx,5\r\n", 3, "line 3: found 'x', expected a finite number for x"),
        ("1,2\r3,4\rx,5\r", 3, "line 3: found 'x', expected a finite number for x"),
        ("1,1e999\n", 1, "line 1: found '1e999', expected a finite number for y"),
    ] {
        let error = Dataset::from_csv(text).expect_err(text);
        assert_eq!((error.line(), error.to_string().as_str()), (line, sentence), "{text:?}");
    }
}

#[test]
fn size_is_bounded() {
    assert!(Dataset::from_csv(&"1,2\n".repeat(MAX_POINTS)).is_ok());
    let error = Dataset::from_csv(&"1,2\n".repeat(MAX_POINTS + 1)).unwrap_err();
    assert_eq!(error.to_string(), "line 10001: found too many points; expected at most 10000");
    let error = Dataset::from_csv(&"\n".repeat(MAX_BYTES + 1)).unwrap_err();
    assert_eq!(error.to_string(), "the data are too long; expected at most 1000000 bytes");
    let error = Dataset::from_csv(&format!("1,{}", "é".repeat(1000))).unwrap_err();
    assert!(error.to_string().len() < 200);
}

fn survives(text: &str) {
    match Dataset::from_csv(text) {
        Ok(data) => assert_eq!(Dataset::from_csv(&data.to_csv()), Ok(data)),
        Err(error) => assert!(error.line() <= text.len() + 1 && error.to_string().len() < 300),
    }
}

// `PROPTEST_CASES=100000 cargo test -p downhill --release break_nothing` is the long run.
proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_break_nothing(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn random_fields_break_nothing(fields in prop::collection::vec(prop::sample::select(vec![
        "1", "2.5", "-3e300", "1e-320", "9999999999999999999999", "nan", "inf", "x", "y", "", ",", ",", ";",
        "\t", "\n", "\n", "\r\n", "\"", "#", " ", "−1", "\u{feff}", "é", "sep=", "dec=", "|", "1.000", "0,5", "1'000", "\r", "(", "٫", "２",
    ]), 0..60)) {
        survives(&fields.concat());
    }

    #[test]
    fn written_text_is_read_back(points in prop::collection::vec(any::<[f64; 2]>(), 1..40)) {
        if let Ok(data) = Dataset::new(points) {
            prop_assert_eq!(Dataset::from_csv(&data.to_csv()), Ok(data));
        }
    }
}
