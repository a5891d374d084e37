//! Structs and enum values taken apart by name.

use super::cursor::excerpt;
use super::decode::{each, list, number, some, text, variant, whole};
use super::nearest::nearest;
use super::{Expected, FaultKind, Faults, Node, Position, Value};

/// The fields of one `Name(field: …)`, each under the name it should have.
#[derive(Debug)]
pub struct Fields<'n, 'a> {
    within: &'static str,
    position: Position,
    names: &'static [&'static str],
    /// One for each of `names`.
    values: Vec<Option<&'n Node<'a>>>,
}

impl<'n, 'a> Fields<'n, 'a> {
    /// Takes a struct apart; `names` are all the fields it may have, `within` is its name (which the file may
    /// leave out).
    ///
    /// Duplicate and unknown fields are noted here. An unknown one that resembles a known one that is missing
    /// is read in its stead, so that the missing one is not reported as well.
    pub fn of(
        node: &'n Node<'a>,
        within: &'static str,
        names: &'static [&'static str],
        faults: &mut Faults,
    ) -> Option<Self> {
        let found = match &node.value {
            Value::Struct { name, .. } => *name,
            Value::Word(word) if *word == within => Some(*word),
            _ => {
                faults.wrong_type(node, Expected::Struct);
                return None;
            }
        };
        if let Some(found) = found
            && found != within
        {
            faults.push(node.position, FaultKind::WrongName { expected: within, found: excerpt(found) });
        }
        Some(Self::read(node, within, names, faults))
    }

    /// Reads the fields of whatever has any, without a look at its name.
    fn read(
        node: &'n Node<'a>,
        within: &'static str,
        names: &'static [&'static str],
        faults: &mut Faults,
    ) -> Self {
        let mut this = Self { within, position: node.position, names, values: vec![None; names.len()] };
        let Value::Struct { fields, .. } = &node.value else { return this };
        let mut firsts = vec![node.position; names.len()];
        let mut unknown = Vec::new();
        for field in fields {
            let Some(index) = names.iter().position(|name| *name == field.name) else {
                unknown.push(field);
                continue;
            };
            if this.values[index].is_some() {
                let kind = FaultKind::DuplicateField { name: names[index], first: firsts[index] };
                faults.push(field.position, kind);
            } else {
                this.values[index] = Some(&field.value);
                firsts[index] = field.position;
            }
        }
        for field in unknown {
            if faults.is_full() {
                break; // finding what each was meant to be would take long, and nobody would read it
            }
            let missing = (0..names.len()).filter(|&index| this.values[index].is_none());
            let index = nearest(field.name, missing.map(|index| (index, names[index])));
            if let Some(index) = index {
                this.values[index] = Some(&field.value);
            }
            let nearest = index.map(|index| names[index]);
            let found = excerpt(field.name);
            faults.push(field.position, FaultKind::UnknownField { found, within, nearest, known: names });
        }
        this
    }

    /// Returns a field's value, or notes that it is missing.
    pub fn required(&self, name: &'static str, faults: &mut Faults) -> Option<&'n Node<'a>> {
        let value = self.get(name);
        if value.is_none() {
            faults.push(self.position, FaultKind::MissingField { name, within: self.within });
        }
        value
    }

    /// Returns a field's value if there is one: `None` counts as absent, of `Some(x)` it is `x`.
    pub fn optional(&self, name: &'static str) -> Option<&'n Node<'a>> {
        self.get(name).and_then(some)
    }

    /// Returns the name of the struct.
    pub fn within(&self) -> &'static str {
        self.within
    }

    /// Returns where the struct begins.
    pub fn start(&self) -> Position {
        self.position
    }

    /// Returns where a field's value stands, or the struct when it is absent.
    pub fn position(&self, name: &'static str) -> Position {
        self.get(name).map_or(self.position, |value| value.position)
    }

    /// Reads a required [`text`].
    pub fn text(&self, name: &'static str, faults: &mut Faults) -> Option<String> {
        self.required(name, faults).and_then(|node| text(node, faults))
    }

    /// Reads a required [`number`].
    pub fn number(&self, name: &'static str, faults: &mut Faults) -> Option<&'n str> {
        self.required(name, faults).and_then(|node| number(node, faults))
    }

    /// Reads a required [`whole`] number.
    pub fn whole(&self, name: &'static str, faults: &mut Faults) -> Option<u32> {
        self.required(name, faults).and_then(|node| whole(node, faults))
    }

    /// Reads a required [`variant()`].
    pub fn variant(
        &self,
        name: &'static str,
        known: &'static [&'static str],
        faults: &mut Faults,
    ) -> Option<Variant<'n, 'a>> {
        self.required(name, faults).and_then(|node| variant(node, known, faults))
    }

    /// Reads a required [`list`].
    pub fn list(&self, name: &'static str, faults: &mut Faults) -> Option<&'n [Node<'a>]> {
        self.required(name, faults).and_then(|node| list(node, faults))
    }

    /// Reads a required list and [`each`] of its items.
    pub fn each<T>(
        &self,
        name: &'static str,
        faults: &mut Faults,
        decode: impl FnMut(&'n Node<'a>, &mut Faults) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.list(name, faults).and_then(|items| each(items, faults, decode))
    }

    fn get(&self, name: &'static str) -> Option<&'n Node<'a>> {
        let index = self.names.iter().position(|known| *known == name);
        debug_assert!(index.is_some(), "{name} is not among the fields of {}", self.within);
        self.values[index?]
    }
}

/// One choice of several, by the name it has in the code.
#[derive(Clone, Copy, Debug)]
pub struct Variant<'n, 'a> {
    /// The choice; in case of a misspelling the one that was meant.
    pub name: &'static str,
    /// The whole value, from its name on.
    pub node: &'n Node<'a>,
}

impl<'n, 'a> Variant<'n, 'a> {
    /// Reads the fields of `Name(field: …)`.
    pub fn fields(&self, names: &'static [&'static str], faults: &mut Faults) -> Option<Fields<'n, 'a>> {
        match &self.node.value {
            Value::Struct { .. } | Value::Word(_) => Some(Fields::read(self.node, self.name, names, faults)),
            _ => {
                faults.wrong_type(self.node, Expected::Struct);
                None
            }
        }
    }

    /// Returns the value of `Name(value)`.
    pub fn only(&self, faults: &mut Faults) -> Option<&'n Node<'a>> {
        match &self.node.value {
            Value::Tuple { items, .. } if items.len() == 1 => items.first(),
            _ => {
                faults.wrong_type(self.node, Expected::OneValue);
                None
            }
        }
    }

    /// Makes sure that the name stands alone.
    pub fn bare(&self, faults: &mut Faults) -> Option<()> {
        let is_bare = match &self.node.value {
            Value::Word(_) => true,
            Value::Struct { fields, .. } => fields.is_empty(),
            _ => false,
        };
        if !is_bare {
            faults.wrong_type(self.node, Expected::Word);
        }
        is_bare.then_some(())
    }
}
