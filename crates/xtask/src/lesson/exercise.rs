//! Renders the exercise of a figure: what to try, step by step, with buttons that set the figure.

use super::figure::FigureUse;

/// What a button of a step does: its label, the fields it sets, and whether the figure then plays or
/// asks for a prediction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Setting {
    label: String,
    fields: Vec<(String, String)>,
    play: bool,
    predict: bool,
}

/// The symbol by which readers know a field.
fn symbol(field: &str) -> &str {
    match field {
        "alpha" => "α",
        "beta" => "β",
        "kappa" => "κ",
        other => other,
    }
}

impl Setting {
    /// Parses what stands between the braces: `alpha=0.3 k=0`, `play`, `predict`, or `A label: fair=best`.
    fn parse(text: &str) -> Result<Self, String> {
        let (label, rest) = text.split_once(": ").map_or((None, text), |(a, b)| (Some(a), b));
        let mut setting = Self::default();
        for word in rest.split_whitespace() {
            match word.split_once('=') {
                Some((field, value)) => setting.fields.push((field.to_owned(), value.to_owned())),
                None if word == "play" => setting.play = true,
                None if word == "predict" => setting.predict = true,
                None => {
                    return Err(format!(
                        "`{{{text}}}`: `{word}` is neither `field=value` nor `play` nor `predict`"
                    ));
                }
            }
        }
        setting.label = label.map_or_else(|| setting.described(), str::to_owned);
        Ok(setting)
    }

    /// The name of the mission, if that is what stands between the braces: `mission=hollows`.
    fn mission(&self) -> Option<&str> {
        match &self.fields[..] {
            [(field, name)] if field == "mission" => Some(name),
            _ => None,
        }
    }

    /// “Set α = 0.3 and play”; going back to the start goes without saying.
    fn described(&self) -> String {
        let fields = self.fields.iter().filter(|(field, value)| (&**field, &**value) != ("k", "0"));
        let set: Vec<_> =
            fields.map(|(field, value)| format!("{} = {value}", symbol(field))).collect();
        match (set.is_empty(), self.play) {
            (true, _) => "Play".to_owned(),
            (false, true) => format!("Set {} and play", set.join(", ")),
            (false, false) => format!("Set {}", set.join(", ")),
        }
    }

    fn html(&self) -> String {
        let fields: Vec<_> = self.fields.iter().map(|(f, v)| format!("{f}={v}")).collect();
        let play = if self.play { " data-play" } else { "" };
        let predict = if self.predict { " data-predict" } else { "" };
        format!(
            " <button type=\"button\" hidden data-set=\"{}\"{play}{predict}>{}</button>",
            fields.join(" "),
            self.label
        )
    }
}

/// The attributes of a step that is a mission. A bold number in its text is the par: the steps it may
/// take at most.
fn attributes(mission: &str, html: &str) -> String {
    let bold = html.split("<strong>").skip(1).filter_map(|rest| rest.split("</strong>").next());
    let par = bold.map(str::trim).find(|text| text.parse::<u32>().is_ok());
    let par = par.map(|par| format!(" data-par=\"{par}\"")).unwrap_or_default();
    format!(" data-mission=\"{mission}\"{par}")
}

/// Splits a step into its text and the settings in braces at its end.
pub(super) fn split(line: &str) -> Result<(&str, Vec<Setting>), String> {
    let mut text = line.trim_end();
    let mut settings = Vec::new();
    while let Some((before, inside)) =
        text.strip_suffix('}').and_then(|rest| rest.rsplit_once(" {"))
    {
        // A placeholder of the prose has two braces.
        if inside.ends_with('}') || before.ends_with('{') {
            break;
        }
        settings.insert(0, Setting::parse(inside)?);
        text = before.trim_end();
    }
    Ok((text, settings))
}

/// Whether a reader finds each control that a step names in bold: it stands beside the panes, or the step says
/// that it is under “More”, or has a button that sets it.
fn can_be_found(text: &str, settings: &[Setting], figure: &FigureUse) -> Result<(), String> {
    let mut rest = text;
    while let Some((label, behind)) =
        rest.split_once("**").and_then(|(_, bold)| bold.split_once("**"))
    {
        rest = behind;
        let Some(sets) = figure.folded(label)? else { continue };
        let set =
            settings.iter().flat_map(|setting| &setting.fields).any(|(field, _)| *field == sets);
        if !set && !behind.contains("More") {
            return Err(format!(
                "**{label}** is folded away: say “(**More**)”, or let a button set {sets}"
            ));
        }
    }
    Ok(())
}

/// An exercise: its steps as Markdown, one line each, and the buttons of each step.
pub(crate) struct Exercise {
    pub(crate) markdown: String,
    buttons: Vec<String>,
    /// For a step that is a mission, the name by which `www/page/progress.js` judges it.
    missions: Vec<Option<String>>,
}

impl Exercise {
    /// Parses the body of a block for the figure before it.
    ///
    /// # Errors
    /// With the line, if a setting cannot be read, or the figure does not accept it.
    pub(crate) fn parse(body: &str, figure: &FigureUse) -> Result<Self, (usize, String)> {
        let mut exercise =
            Self { markdown: String::new(), buttons: Vec::new(), missions: Vec::new() };
        for (index, line) in body.lines().enumerate() {
            let at = |message| (index, message);
            let (text, mut settings) = split(line).map_err(at)?;
            let mission = settings.iter().position(|setting| setting.mission().is_some());
            let mission = mission.map(|place| settings.remove(place));
            exercise.missions.push(mission.and_then(|it| it.mission().map(str::to_owned)));
            for setting in &settings {
                figure.accepts(&setting.fields).map_err(at)?;
            }
            can_be_found(text, &settings, figure).map_err(at)?;
            exercise.markdown.push_str(text);
            exercise.markdown.push('\n');
            exercise.buttons.push(settings.iter().map(Setting::html).collect());
        }
        Ok(exercise)
    }

    /// The exercise, with its steps rendered, named after the figure. Without scripts it is a plain
    /// list; with them one step is shown at a time.
    pub(crate) fn html(&self, steps: &str, name: &str, level: u8) -> String {
        let mut items = steps.split("</li>");
        let mut list = String::new();
        for (buttons, mission) in self.buttons.iter().zip(&self.missions) {
            let item = items.next().unwrap_or_default();
            let told = mission.as_ref().map(|name| attributes(name, item)).unwrap_or_default();
            let item = item.replace("<li>", &format!("<li{told}><span>"));
            list.push_str(&format!("{item}</span>{buttons}</li>"));
        }
        list.extend(items);
        format!(
            "<div class=\"try\" slot=\"aside\">\n<p class=\"label\" role=\"heading\" aria-level=\"{level}\">Try it<span class=\"unseen\"> with the {name}</span></p>\n\
             <p class=\"turn\" hidden><span role=\"status\"></span> <button type=\"button\" aria-label=\"Step before\">‹</button> \
             <button type=\"button\" aria-label=\"Next step\">›</button></p>\n{list}</div>\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::call::Call;

    #[test]
    fn a_mission_has_its_name_and_its_par() {
        let html =
            "<li><strong>Mission:</strong> in <strong>60</strong> steps, not <strong>7</strong>.";
        assert_eq!(attributes("hollows", html), " data-mission=\"hollows\" data-par=\"60\"");
        assert_eq!(attributes("largest", "<li>No number."), " data-mission=\"largest\"");
    }

    #[test]
    fn a_control_that_is_folded_away_is_set_or_said_to_be_there() {
        let call = Call::parse("scrubber start=10 show=start").unwrap();
        let figure = FigureUse::new(&call, "A run.", false).unwrap();
        let parsed =
            |step| Exercise::parse(step, &figure).map(drop).map_err(|(_, message)| message);
        assert!(parsed("1. Set **Steps** to 60.").unwrap_err().contains("let a button set steps"));
        for found in [
            "1. Set **Steps** to 60. {steps=60 k=60}",
            "1. Set **Steps** (**More**) to 60.",
            "1. Change **Start x₀**.",
            "1. Drag **Iteration k**, press **Play**, and look at the **last** row.",
        ] {
            assert_eq!(parsed(found), Ok(()), "{found}");
        }
    }

    #[test]
    fn settings_end_a_step() {
        let (text, settings) =
            split("1. Try $x^{2}$ at {{x k=1}}. {alpha=0.3 k=0} {Best: fair=best play}").unwrap();
        assert_eq!(text, "1. Try $x^{2}$ at {{x k=1}}.");
        let labels: Vec<_> = settings.iter().map(|setting| setting.label.as_str()).collect();
        assert_eq!(labels, ["Set α = 0.3", "Best"]);
        assert!(!settings[0].play && settings[1].play);
        assert_eq!(
            Setting::parse("kappa=200 alpha=0.009 play").unwrap().label,
            "Set κ = 200, α = 0.009 and play"
        );
        assert_eq!(split("1. No setting {{x k=1}}").unwrap().1, []);
        let mission = split("1. In **60** steps. {A: k=1} {mission=hollows}").unwrap().1;
        assert_eq!(mission[1].mission(), Some("hollows"));
        assert_eq!(mission[0].mission(), None);
        assert!(Setting::parse("alpha 3").unwrap_err().contains("neither"));
    }
}
