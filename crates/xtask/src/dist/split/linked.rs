//! Who needs what in a module as the linker leaves it, with its relocations.
//!
//! A relocation says which function or datum an instruction or a datum refers to, also where only an
//! address or the index of a function in the table is left. From the exports, and from each function
//! at which the module is cut, one can therefore follow everything that is needed.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use wasmparser::{
    BinaryReader, ConstExpr, DataKind, ElementItems, ElementKind, Linking, LinkingSectionReader,
    Operator, Parser, Payload, RelocSectionReader, RelocationEntry, RelocationType, SymbolInfo,
};

use super::owners::Owners;

/// Of the parts of a linked module: those that need each function of the table and each datum.
pub(super) struct Needs {
    /// By index in the table.
    pub(super) table: BTreeMap<u32, Owners>,
    /// By address. What lies between is the core's.
    pub(super) data: Vec<(Range<u32>, Owners)>,
}

/// What a relocation refers to, or what is relocated.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Node {
    Function(u32),
    /// By its index among the symbols.
    Data(u32),
}

/// The sections that matter here, as they stand in the file.
#[derive(Default)]
struct Linked<'a> {
    /// Each function's body, as a range of bytes in the code section.
    bodies: Vec<(Range<usize>, u32)>,
    /// Each segment: its address, and its first byte in the data section.
    segments: Vec<(u32, usize)>,
    table: Vec<(u32, u32)>,
    exports: Vec<u32>,
    symbols: Vec<SymbolInfo<'a>>,
    code_relocations: Vec<RelocationEntry>,
    data_relocations: Vec<RelocationEntry>,
}

/// Follows what the core and each part need. `cut` gives the part that begins at a function, by the
/// function's name.
pub(super) fn needs(bytes: &[u8], cut: impl Fn(&str) -> Option<Owners>) -> Result<Needs> {
    let linked = Linked::read(bytes)?;
    ensure!(!linked.code_relocations.is_empty(), "the module was linked without relocations");
    let edges = linked.edges();
    let mut cuts: HashMap<u32, Owners> = HashMap::new();
    for symbol in &linked.symbols {
        if let SymbolInfo::Func { index, name: Some(name), .. } = symbol
            && let Some(part) = cut(name)
        {
            cuts.insert(*index, part);
        }
    }
    let mut owners: HashMap<Node, Owners> = HashMap::new();
    let core = linked.exports.iter().map(|function| (*function, Owners::CORE));
    let parts = cuts.iter().map(|(function, part)| (*function, *part));
    for (root, owner) in core.chain(parts) {
        let mut open = vec![Node::Function(root)];
        while let Some(node) = open.pop() {
            let known = owners.entry(node).or_default();
            if !known.add(owner) {
                continue;
            }
            let needed = edges.get(&node).into_iter().flatten();
            open.extend(needed.filter(|node| match node {
                Node::Function(function) => !cuts.contains_key(function),
                Node::Data(_) => true,
            }));
        }
    }
    let of = |node: Node| owners.get(&node).copied().unwrap_or_default();
    let table =
        linked.table.iter().map(|(at, function)| (*at, of(Node::Function(*function)))).collect();
    let data = linked.data().map(|(symbol, range)| (range, of(Node::Data(symbol)))).collect();
    Ok(Needs { table, data })
}

impl<'a> Linked<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut linked = Self::default();
        let (mut imported, mut code_start) = (0, 0);
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let is_function = matches!(
                            import?.ty,
                            wasmparser::TypeRef::Func(_) | wasmparser::TypeRef::FuncExact(_)
                        );
                        imported += u32::from(is_function);
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        if export.kind == wasmparser::ExternalKind::Func {
                            linked.exports.push(export.index);
                        }
                    }
                }
                Payload::StartSection { func, .. } => linked.exports.push(func),
                Payload::ElementSection(section) => {
                    for element in section {
                        let element = element?;
                        let ElementKind::Active { offset_expr, .. } = element.kind else {
                            continue;
                        };
                        let ElementItems::Functions(functions) = element.items else { continue };
                        for (at, function) in (constant(&offset_expr)?..).zip(functions) {
                            linked.table.push((at, function?));
                        }
                    }
                }
                Payload::CodeSectionStart { range, .. } => code_start = range.start,
                Payload::CodeSectionEntry(body) => {
                    let range = body.range();
                    let function = imported + linked.bodies.len() as u32;
                    linked
                        .bodies
                        .push((range.start - code_start..range.end - code_start, function));
                }
                Payload::DataSection(section) => {
                    let start = section.range().start;
                    for data in section {
                        let data = data?;
                        let DataKind::Active { offset_expr, .. } = &data.kind else { continue };
                        let first = data.range.end - data.data.len() - start;
                        linked.segments.push((constant(offset_expr)?, first));
                    }
                }
                Payload::CustomSection(section) => {
                    let reader = || BinaryReader::new(section.data(), section.data_offset());
                    let relocations = || -> Result<Vec<_>> {
                        let entries = RelocSectionReader::new(reader())?.entries();
                        Ok(entries.into_iter().collect::<Result<_, _>>()?)
                    };
                    match section.name() {
                        "reloc.CODE" => linked.code_relocations = relocations()?,
                        "reloc.DATA" => linked.data_relocations = relocations()?,
                        "linking" => {
                            for part in LinkingSectionReader::new(reader())?.subsections() {
                                if let Linking::SymbolTable(symbols) = part? {
                                    linked.symbols =
                                        symbols.into_iter().collect::<Result<_, _>>()?;
                                }
                            }
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        Ok(linked)
    }

    /// Every datum with a name: its symbol and its addresses.
    fn data(&self) -> impl Iterator<Item = (u32, Range<u32>)> {
        let named = self.symbols.iter().zip(0..);
        named.filter_map(|(symbol, index)| {
            let SymbolInfo::Data { symbol: Some(datum), .. } = symbol else { return None };
            // The linker's own names for the ends of the stack lie in no segment.
            let (address, _) = self.segments.get(datum.index as usize)?;
            let start = address + datum.offset;
            (datum.size > 0).then_some((index, start..start + datum.size))
        })
    }

    /// What each function and each datum refers to.
    fn edges(&self) -> HashMap<Node, Vec<Node>> {
        let mut edges: HashMap<Node, Vec<Node>> = HashMap::new();
        let target = |entry: &RelocationEntry| {
            if entry.ty == RelocationType::TypeIndexLeb {
                return None;
            }
            match self.symbols.get(entry.index as usize)? {
                SymbolInfo::Func { index, .. } => Some(Node::Function(*index)),
                SymbolInfo::Data { .. } => Some(Node::Data(entry.index)),
                _ => None,
            }
        };
        for entry in &self.code_relocations {
            let at = entry.offset as usize;
            let body = self.bodies.partition_point(|(range, _)| range.end <= at);
            if let (Some((_, function)), Some(target)) = (self.bodies.get(body), target(entry)) {
                edges.entry(Node::Function(*function)).or_default().push(target);
            }
        }
        let mut data: Vec<(Range<usize>, u32)> = self
            .symbols
            .iter()
            .zip(0..)
            .filter_map(|(symbol, index)| {
                let SymbolInfo::Data { symbol: Some(datum), .. } = symbol else { return None };
                let (_, first) = self.segments.get(datum.index as usize)?;
                let start = first + datum.offset as usize;
                Some((start..start + datum.size as usize, index))
            })
            .collect();
        data.sort_by_key(|(range, _)| range.start);
        for entry in &self.data_relocations {
            let at = entry.offset as usize;
            let Some(target) = target(entry) else { continue };
            // Symbols may share their bytes.
            for (range, symbol) in &data[..data.partition_point(|(range, _)| range.start <= at)] {
                if range.contains(&at) {
                    edges.entry(Node::Data(*symbol)).or_default().push(target);
                }
            }
        }
        edges
    }
}

/// The value of an offset.
fn constant(expression: &ConstExpr<'_>) -> Result<u32> {
    let first = expression.get_operators_reader().read()?;
    let Operator::I32Const { value } = first else {
        anyhow::bail!("an offset is no constant: {first:?}");
    };
    u32::try_from(value).context("an offset is negative")
}
