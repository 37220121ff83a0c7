//! Which file each function and each datum of the finished module goes to.
//!
//! The linker's module says who needs each function of the table and each datum; both keep their
//! places while the module is finished. Functions do not: the optimizer inlines and merges them. So
//! who needs them is followed once more, along the calls of the finished module.

use std::collections::{BTreeSet, HashMap};

use walrus::ir::{Value, Visitor, dfs_in_order};
use walrus::{ConstExpr, ElementItems, ElementKind, ExportItem, FunctionId};

use super::linked::Needs;
use super::owners::Owners;
use super::parsed::Parsed;

/// The figures that readers wait for: the first of the lesson, and the one that stands alone in many
/// frames. What either of them alone shares with others is in a file of its own.
pub(super) const FIRST: &str = "hill";
pub(super) const SECOND: &str = "bowl";

/// The part that answers the reader, which also has what it shares with the remaining figures.
pub(super) const INPUT: &str = "input";

/// Which file something goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Place {
    /// What all need, and what the first two figures share.
    Core,
    /// What the first of them shares with others.
    FirstShared,
    /// What the second of them shares with others.
    SecondShared,
    /// What one part alone needs, by its index.
    Part(usize),
    /// What the remaining figures share.
    Others,
}

/// The module, divided. Functions are given by their indices in the finished module.
pub(super) struct Plan {
    /// The file of each function of the module's own.
    pub(super) places: HashMap<usize, Place>,
    /// The functions at which parts begin.
    pub(super) entries: Vec<usize>,
    /// The function at each index of the table.
    pub(super) table: Vec<(u32, usize)>,
    /// The functions that other files import, in order.
    pub(super) shared: BTreeSet<usize>,
}

/// Decides by who needs what.
pub(super) struct Places {
    first: Owners,
    second: Owners,
    input: Option<usize>,
    parts: usize,
}

impl Places {
    pub(super) fn of(parts: &[&str]) -> Self {
        let part = |name| parts.iter().position(|part| *part == name);
        let owner = |name| part(name).map_or(Owners::CORE, Owners::part);
        let (first, second) = (owner(FIRST), owner(SECOND));
        Self { first, second, input: part(INPUT), parts: parts.len() }
    }

    pub(super) fn place(&self, owners: Owners) -> Place {
        let alone = (0..self.parts).find(|part| owners == Owners::part(*part));
        match (owners.has(self.first), owners.has(self.second), alone) {
            (true, true, _) => Place::Core,
            _ if owners.is_none() => Place::Core,
            (_, _, Some(part)) => Place::Part(part),
            (true, ..) => Place::FirstShared,
            (_, true, _) => Place::SecondShared,
            _ => match self.input {
                Some(input) if owners.has(Owners::part(input)) => Place::Part(input),
                _ => Place::Others,
            },
        }
    }
}

/// Divides the finished module. `cut` gives the part that begins at a function, by its name.
pub(super) fn plan(
    parsed: &Parsed,
    needs: &Needs,
    places: &Places,
    cut: impl Fn(&str) -> Option<Owners>,
) -> Plan {
    let module = &parsed.module;
    let calls = calls(parsed);
    let cuts: HashMap<usize, Owners> = module
        .funcs
        .iter()
        .filter_map(|function| Some((parsed.index(function.id()), cut(function.name.as_deref()?)?)))
        .collect();
    let table = table(parsed);
    let mut open: Vec<(usize, Owners)> = cuts.iter().map(|(at, part)| (*at, *part)).collect();
    let exported = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(function) => Some(function),
        _ => None,
    });
    let roots = exported.chain(module.start).map(|id| (parsed.index(id), Owners::CORE));
    open.extend(roots);
    for (at, function) in &table {
        // What wasm-bindgen added is the core's.
        let known = needs.table.get(at).copied().filter(|owners| !owners.is_none());
        open.push((*function, known.unwrap_or(Owners::CORE)));
    }
    let mut owners: HashMap<usize, Owners> = HashMap::new();
    while let Some((function, owner)) = open.pop() {
        if cuts.get(&function).is_some_and(|part| *part != owner) {
            continue;
        }
        let known = owners.entry(function).or_default();
        if known.add(owner) {
            let all = *known;
            open.extend(calls.get(&function).into_iter().flatten().map(|callee| (*callee, all)));
        }
    }
    let places: HashMap<usize, Place> = module
        .funcs
        .iter_local()
        .map(|(id, _)| parsed.index(id))
        .map(|index| (index, places.place(owners.get(&index).copied().unwrap_or_default())))
        .collect();
    let shared = calls
        .iter()
        .flat_map(|(caller, callees)| callees.iter().map(move |callee| (caller, callee)))
        .filter(|(caller, callee)| {
            let from = places[*caller];
            // Imported functions are the core's too. It calls entries through the table.
            let to = places.get(callee).copied().unwrap_or(Place::Core);
            to != from && !(cuts.contains_key(callee) && from == Place::Core)
        })
        .map(|(_, callee)| *callee)
        .collect();
    let mut entries: Vec<(usize, usize)> = cuts.keys().map(|at| (*at, *at)).collect();
    entries.sort_by_key(|(_, at)| places[at]);
    let entries = entries.into_iter().map(|(at, _)| at).collect();
    Plan { places, entries, table, shared }
}

/// The functions that each function calls.
fn calls(parsed: &Parsed) -> HashMap<usize, Vec<usize>> {
    struct Calls(Vec<FunctionId>);
    impl Visitor<'_> for Calls {
        fn visit_function_id(&mut self, function: &FunctionId) {
            self.0.push(*function);
        }
    }
    let all = parsed.module.funcs.iter_local();
    all.map(|(id, function)| {
        let mut calls = Calls(Vec::new());
        dfs_in_order(&mut calls, function, function.entry_block());
        (parsed.index(id), calls.0.into_iter().map(|callee| parsed.index(callee)).collect())
    })
    .collect()
}

/// The function at each index of the table.
fn table(parsed: &Parsed) -> Vec<(u32, usize)> {
    let mut table = Vec::new();
    for element in parsed.module.elements.iter() {
        if let Some((start, functions)) = functions(element) {
            table.extend((start..).zip(functions.iter().map(|id| parsed.index(*id))));
        }
    }
    table
}

/// The functions that a segment puts into the table, and where.
fn functions(element: &walrus::Element) -> Option<(u32, &[FunctionId])> {
    let ElementKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = element.kind
    else {
        return None;
    };
    let ElementItems::Functions(functions) = &element.items else { return None };
    Some((u32::try_from(start).ok()?, functions))
}

#[cfg(test)]
mod tests {
    use super::{FIRST, INPUT, Owners, Place, Places, SECOND};

    #[test]
    fn what_is_shared_lies_where_it_is_awaited() {
        let places = Places::of(&[SECOND, FIRST, "lab", "fit", INPUT]);
        let owners = |parts: &[usize]| {
            let mut owners = Owners::default();
            parts.iter().for_each(|part| assert!(owners.add(Owners::part(*part))));
            owners
        };
        assert_eq!(places.place(owners(&[2])), Place::Part(2));
        assert_eq!(places.place(owners(&[1])), Place::Part(1));
        assert_eq!(places.place(owners(&[0, 1])), Place::Core);
        assert_eq!(places.place(owners(&[0, 2, 4])), Place::SecondShared);
        assert_eq!(places.place(owners(&[1, 2, 4])), Place::FirstShared);
        assert_eq!(places.place(owners(&[2, 3, 4])), Place::Part(4));
        assert_eq!(places.place(owners(&[2, 3])), Place::Others);
        assert_eq!(places.place(owners(&[0, 1, 2])), Place::Core);
        assert_eq!(places.place(Owners::CORE), Place::Core);
        assert_eq!(places.place(owners(&[])), Place::Core, "what nobody is known to need");
    }
}
