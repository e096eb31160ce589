//! Faults where they were put: on every call or on one kind, for good or for so many requests. Never answers one.

use crate::call::Call;
use crate::fault::Fault;

/// The faults of one server, or of the whole panel. One at most for every kind of call, and one for all of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults(Vec<Placed>);

#[derive(Clone, Debug)]
struct Placed {
    /// `None` is every call.
    on: Option<Call>,
    fault: Fault,
    /// Requests it is still good for; `None` is for good.
    left: Option<u32>,
}

impl Faults {
    /// What goes wrong with every call from now on, and nothing else: the faults of single kinds end too.
    pub(crate) fn only(&mut self, fault: Option<Fault>) {
        self.clear();
        if let Some(fault) = fault {
            self.put(None, fault, None);
        }
    }

    /// What goes wrong with one kind of call from now on.
    pub(crate) fn on(&mut self, call: Call, fault: Option<Fault>) {
        match fault {
            Some(fault) => self.put(Some(call), fault, None),
            None => self.lift(Some(call)),
        }
    }

    /// Puts a fault on one kind of call, or on all with `None`; it replaces the one that was there.
    pub(crate) fn put(&mut self, on: Option<Call>, fault: Fault, times: Option<u32>) {
        self.lift(on);
        if times != Some(0) {
            let left = times;
            self.0.push(Placed { on, fault, left });
        }
    }

    /// Takes the fault of one kind of call away, or the one of all calls together.
    pub(crate) fn lift(&mut self, on: Option<Call>) {
        self.0.retain(|placed| placed.on != on);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// What goes wrong with this request, which is counted: the fault of its own kind before the one of all.
    pub(crate) fn meet(&mut self, call: Call) -> Option<Fault> {
        let own = self.0.iter().position(|placed| placed.on == Some(call));
        let any = || {
            self.0.iter().position(|placed| {
                // The panel looks at itself alone for the view: a node's trouble does not show there.
                placed.on.is_none() && !(call == Call::View && placed.fault.is_of_node())
            })
        };
        let at = own.or_else(any)?;
        let placed = &mut self.0[at];
        let fault = placed.fault.clone();
        if let Some(left) = &mut placed.left {
            *left -= 1;
            if *left == 0 {
                self.0.remove(at);
            }
        }
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fault_of_a_call_goes_before_the_one_of_all_and_wears_out() {
        let mut faults = Faults::default();
        faults.put(None, Fault::Error500, None);
        faults.put(Some(Call::Power), Fault::Reset, Some(2));
        assert_eq!(faults.meet(Call::List), Some(Fault::Error500));
        assert_eq!(faults.meet(Call::Power), Some(Fault::Reset));
        assert_eq!(faults.meet(Call::Power), Some(Fault::Reset));
        assert_eq!(faults.meet(Call::Power), Some(Fault::Error500));
        faults.lift(None);
        assert_eq!(faults.meet(Call::Power), None);
    }

    #[test]
    fn a_node_s_trouble_shows_in_the_view_only_when_put_there() {
        let mut faults = Faults::default();
        faults.put(None, Fault::NodeTimeout504, Some(1));
        assert_eq!(faults.meet(Call::View), None);
        assert_eq!(faults.meet(Call::Resources), Some(Fault::NodeTimeout504));
        faults.put(Some(Call::View), Fault::NodeTimeout504, None);
        assert_eq!(faults.meet(Call::View), Some(Fault::NodeTimeout504));
    }
}
