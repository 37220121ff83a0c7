//! Cuts one file out of the finished module.

use std::ops::Range;

use anyhow::{Context, Result};
use walrus::ir::Value;
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind,
    GlobalKind, ImportKind, ImportedFunction, Module, RefType, TableId,
};

use super::linked::Needs;
use super::owners::Owners;
use super::parsed::Parsed;
use super::plan::{Place, Places, Plan};

/// Cuts what belongs to `place` out of the module; what it needs of others becomes imports, what
/// others need of it exports.
pub(super) fn cut(
    bytes: &[u8],
    plan: &Plan,
    needs: &Needs,
    places: &Places,
    place: Place,
) -> Result<Vec<u8>> {
    let mut parsed = Parsed::read(bytes)?;
    let table = main_table(&parsed.module)?;
    divide_data(&mut parsed.module, needs, places, place)?;
    let entries = parsed.module.tables.get(table).initial;
    if place == Place::Core {
        share_items(&mut parsed.module);
        share_functions(&mut parsed, plan, place);
        fill_table(&mut parsed, table, plan, place);
        for (entry, slot) in plan.entries.iter().zip(entries..) {
            call_through_table(&mut parsed, *entry, table, slot)?;
        }
        let grown = entries + plan.entries.len() as u64;
        let table = parsed.module.tables.get_mut(table);
        table.initial = grown;
        table.maximum = table.maximum.map(|maximum| maximum.max(grown));
    } else {
        leave_to_core(&mut parsed.module);
        import_items(&mut parsed.module);
        import_functions(&mut parsed, plan, place);
        share_functions(&mut parsed, plan, place);
        fill_table(&mut parsed, table, plan, place);
        for (entry, slot) in plan.entries.iter().zip(entries..) {
            if plan.places[entry] == place {
                let entry = parsed.id(*entry);
                put_into_table(&mut parsed.module, table, slot, entry);
            }
        }
    }
    walrus::passes::gc::run(&mut parsed.module);
    Ok(parsed.module.emit_wasm())
}

/// Cuts the core alone: nothing else will come, and a function at which a part would begin does
/// nothing, or ends the module if it has to return something.
pub(super) fn alone(bytes: &[u8], plan: &Plan, needs: &Needs, places: &Places) -> Result<Vec<u8>> {
    let mut parsed = Parsed::read(bytes)?;
    let table = main_table(&parsed.module)?;
    divide_data(&mut parsed.module, needs, places, Place::Core)?;
    fill_table(&mut parsed, table, plan, Place::Core);
    for entry in &plan.entries {
        let id = parsed.id(*entry);
        let module = &mut parsed.module;
        let (params, results) = module.types.params_results(module.funcs.get(id).ty());
        let (params, results) = (params.to_vec(), results.to_vec());
        let arguments: Vec<_> = params.iter().map(|kind| module.locals.add(*kind)).collect();
        let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
        if !results.is_empty() || !params.is_empty() {
            builder.func_body().unreachable();
        }
        module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
    }
    walrus::passes::gc::run(&mut parsed.module);
    Ok(parsed.module.emit_wasm())
}

/// The name under which a function crosses from one file to another. wasm-opt's short names begin
/// with letters.
fn function_name(plan: &Plan, index: usize) -> String {
    plan.shared.range(..index).count().to_string()
}

/// The name under which each file finds what the others export; no two export the same name.
const OTHERS: &str = "a";

/// The table of functions; the other one is of references to objects of JavaScript.
fn main_table(module: &Module) -> Result<TableId> {
    let mut tables = module.tables.iter();
    let table = tables.find(|table| table.element_ty == RefType::FUNCREF);
    Ok(table.context("the module has no table of functions")?.id())
}

/// Keeps of the data what belongs to a place. What lies between two symbols is padding.
fn divide_data(module: &mut Module, needs: &Needs, places: &Places, place: Place) -> Result<()> {
    let ids: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    for id in ids {
        let data = module.data.get_mut(id);
        // wasm-opt would find the names of removed segments.
        data.name = None;
        let DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(start)) } = data.kind
        else {
            continue;
        };
        let start = u32::try_from(start).context("data at a negative address")?;
        let end = start + data.value.len() as u32;
        let mut owners = vec![Owners::default(); data.value.len()];
        for (range, owner) in &needs.data {
            for address in range.start.max(start)..range.end.min(end) {
                let _new = owners[(address - start) as usize].add(*owner);
            }
        }
        let is_kept = |owners: &Owners| places.place(*owners) == place;
        if place == Place::Core {
            // The optimizer leaves out what is zero.
            for (byte, owners) in data.value.iter_mut().zip(&owners) {
                if !is_kept(owners) {
                    *byte = 0;
                }
            }
            continue;
        }
        let bytes = std::mem::take(&mut data.value);
        for Range { start: from, end: to } in runs(&owners, is_kept) {
            let offset = ConstExpr::Value(Value::I32(i32::try_from(start)? + i32::try_from(from)?));
            let run = bytes[from..to].to_vec();
            let added = module.data.add(DataKind::Active { memory, offset }, run);
            module.memories.get_mut(memory).data_segments.insert(added);
        }
        module.memories.get_mut(memory).data_segments.remove(&id);
        module.data.delete(id);
    }
    Ok(())
}

/// The longest runs of items of one kind.
fn runs<T>(items: &[T], is_kind: impl Fn(&T) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in items.iter().enumerate().filter(|(_, item)| is_kind(item)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Exports memory, tables and globals.
fn share_items(module: &mut Module) {
    for (kind, id) in module.memories.iter().map(|memory| memory.id()).enumerate() {
        module.exports.add(&format!("m{kind}_"), id);
    }
    for (kind, id) in module.tables.iter().map(|table| table.id()).enumerate() {
        module.exports.add(&format!("t{kind}_"), id);
    }
    for (kind, id) in module.globals.iter().map(|global| global.id()).enumerate() {
        module.exports.add(&format!("g{kind}_"), id);
    }
}

/// Imports what `share_items` exports.
fn import_items(module: &mut Module) {
    for (kind, memory) in module.memories.iter_mut().enumerate() {
        memory.import = Some(module.imports.add(OTHERS, &format!("m{kind}_"), memory.id()));
    }
    for (kind, table) in module.tables.iter_mut().enumerate() {
        table.import = Some(module.imports.add(OTHERS, &format!("t{kind}_"), table.id()));
        // The core's may grow further than this copy says.
        table.maximum = None;
    }
    let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
    for (kind, id) in globals.into_iter().enumerate() {
        let import = module.imports.add(OTHERS, &format!("g{kind}_"), id);
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
}

/// Removes what only the core does: its exports and its start, its segments of the table, and
/// imports from JavaScript.
fn leave_to_core(module: &mut Module) {
    module.start = None;
    let exports: Vec<_> = module.exports.iter().map(|export| export.id()).collect();
    exports.into_iter().for_each(|id| module.exports.delete(id));
    let imports: Vec<_> = module.imports.iter().map(|import| import.id()).collect();
    imports.into_iter().for_each(|id| module.imports.delete(id));
}

/// Exports the functions that other files need of this one.
fn share_functions(parsed: &mut Parsed, plan: &Plan, place: Place) {
    for index in &plan.shared {
        if home(plan, *index) == place {
            let id = parsed.id(*index);
            parsed.module.exports.add(&function_name(plan, *index), id);
        }
    }
}

/// Where other files find a function: one at which a part begins is called through the core.
fn home(plan: &Plan, index: usize) -> Place {
    let place = plan.places.get(&index).copied().unwrap_or(Place::Core);
    if plan.entries.contains(&index) { Place::Core } else { place }
}

/// Imports what the functions of this file call elsewhere.
fn import_functions(parsed: &mut Parsed, plan: &Plan, place: Place) {
    for index in &plan.shared {
        let own = plan.places.get(index) == Some(&place);
        let from = home(plan, *index);
        if own || from == place {
            continue;
        }
        let id = parsed.id(*index);
        let ty = parsed.module.funcs.get(id).ty();
        let import = parsed.module.imports.add(OTHERS, &function_name(plan, *index), id);
        parsed.module.funcs.get_mut(id).kind =
            FunctionKind::Import(ImportedFunction { import, ty });
        debug_assert!(matches!(parsed.module.imports.get(import).kind, ImportKind::Function(_)));
    }
}

/// Puts the functions of this file into the table, and no others.
fn fill_table(parsed: &mut Parsed, table: TableId, plan: &Plan, place: Place) {
    let old: Vec<_> = parsed.module.elements.iter().map(|element| element.id()).collect();
    for id in old {
        for table in parsed.module.tables.iter_mut() {
            table.elem_segments.remove(&id);
        }
        parsed.module.elements.delete(id);
    }
    let mut own: Vec<(u32, FunctionId)> = plan
        .table
        .iter()
        .filter(|(_, function)| plan.places.get(function).copied().unwrap_or(Place::Core) == place)
        .map(|(at, function)| (*at, parsed.id(*function)))
        .collect();
    own.sort_by_key(|(at, _)| *at);
    for run in own.chunk_by(|(a, _), (b, _)| a + 1 == *b) {
        let functions = run.iter().map(|(_, function)| *function).collect();
        add_segment(&mut parsed.module, table, u64::from(run[0].0), functions);
    }
}

fn put_into_table(module: &mut Module, table: TableId, slot: u64, function: FunctionId) {
    add_segment(module, table, slot, vec![function]);
}

fn add_segment(module: &mut Module, table: TableId, start: u64, functions: Vec<FunctionId>) {
    let offset = ConstExpr::Value(Value::I32(start as i32));
    let kind = ElementKind::Active { table, offset };
    let id = module.elements.add(kind, ElementItems::Functions(functions));
    module.tables.get_mut(table).elem_segments.insert(id);
}

/// Makes a function of the core call the one that its part will put into the table.
fn call_through_table(parsed: &mut Parsed, entry: usize, table: TableId, slot: u64) -> Result<()> {
    let id = parsed.id(entry);
    let module = &mut parsed.module;
    let ty = module.funcs.get(id).ty();
    let (params, results) = module.types.params_results(ty);
    let (params, results) = (params.to_vec(), results.to_vec());
    let arguments: Vec<_> = params.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    for argument in &arguments {
        body.local_get(*argument);
    }
    body.i32_const(i32::try_from(slot)?).call_indirect(ty, table);
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn runs_of_one_kind() {
        assert_eq!(runs(&[1, 1, 0, 1, 0, 0], |item| *item == 1), [0..2, 3..4]);
        assert_eq!(runs(&[0, 0], |item| *item == 1), []);
    }
}
