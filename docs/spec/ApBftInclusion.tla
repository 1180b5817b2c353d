--------------------------- MODULE ApBftInclusion ---------------------------
(* Which tables a proposal names while nobody is locked: what honest oracles
   vouch for in their NewView statements, and the set S that a quorum of such
   statements leads to. One view of one epoch.

   An honest oracle has one table. A Byzantine one has two and shows each oracle
   either, both or none; the first that an oracle admits counts there. What has
   arrived when an oracle speaks is any part of what can have arrived. *)
EXTENDS Integers, FiniteSets, TLC

CONSTANTS
  Honest, Byzantine, \* the oracles
  Faults,            \* f
  Quorum,            \* q
  Contested,         \* whose tables may be missing, late or lied about; the others' never are
  Rule,              \* how S follows: "inclusion", or in mutants "leader", "one voucher", "ties"
  LateTables         \* whether tables that were committed to late count above view f

ASSUME /\ Rule \in {"inclusion", "leader", "one voucher", "ties"}
       /\ LateTables \in BOOLEAN
       /\ Cardinality(Byzantine) <= Faults

VARIABLES
  late,      \* whether this view is above f
  settled,   \* whether the tables of all honest oracles have arrived everywhere
  said,      \* what the NewView of an honest oracle vouches for; empty until it speaks
  proposals  \* the valid proposal that was made, if any

vars == <<late, settled, said, proposals>>

Oracles == Honest \cup Byzantine
None == "none"
Tables == {"own", "first", "second", "invented"}
Least == 2 * Faults + 1

\* The tables that an oracle can have revealed in keeping with its commitments.
TablesOf(o) == IF o \in Byzantine THEN {"first", "second"} ELSE {"own"}

\* Per oracle the table that an honest one vouches for, or none.
Statements == {s \in [Oracles -> Tables \cup {None}] :
                 \A o \in Oracles :
                   s[o] \in TablesOf(o) \cup (IF o \in Contested THEN {None} ELSE {})}

\* A Byzantine oracle may vouch for what it lacks, and for what nobody revealed.
Lies == {s \in [Oracles -> Tables \cup {None}] :
           \A o \in Oracles :
             s[o] \in TablesOf(o) \cup (IF o \notin Contested THEN {}
                                       ELSE IF o \in Byzantine THEN {None}
                                       ELSE {"invented", None})}

Size(statement) == Cardinality({o \in Oracles : statement[o] # None})

-----------------------------------------------------------------------------
(* What honest oracles say *)

\* What an oracle can hold when it speaks: its own table, and whatever has arrived.
Holdings(r) == {s \in Statements :
                  /\ s[r] # None
                  /\ settled => \A o \in Honest : s[o] # None}

\* Of what it holds, it vouches for what was committed to in time; above view f for all.
Vouched(held, tooLate) ==
  [o \in Oracles |-> IF o \in tooLate /\ ~(late /\ LateTables) THEN None ELSE held[o]]

\* It speaks once that makes 2f+1 tables.
Speak(r) ==
  /\ said[r] = {}
  /\ \E held \in Holdings(r), tooLate \in SUBSET Contested :
       /\ Size(Vouched(held, tooLate)) >= Least
       /\ said' = [said EXCEPT ![r] = {Vouched(held, tooLate)}]
  /\ UNCHANGED <<late, settled, proposals>>

-----------------------------------------------------------------------------
(* What a leader may propose. It may be Byzantine: followers accept what follows. *)

\* Quorums of oracles that have spoken; Byzantine ones say whatever suits the leader.
Quorums == {q \in SUBSET ({r \in Honest : said[r] # {}} \cup Byzantine) :
              Cardinality(q) = Quorum}

Justification(quorum, lie) ==
  [j \in quorum |-> IF j \in Byzantine THEN lie ELSE CHOOSE s \in said[j] : TRUE]

\* The inclusion rule: at least f+1 vouch for it, and more than for any other of that oracle.
Included(justification) ==
  LET Claimed(o) == {justification[j][o] : j \in DOMAIN justification} \ {None}
      Count(o, t) == Cardinality({j \in DOMAIN justification : justification[j][o] = t})
      needed == IF Rule = "one voucher" THEN 1 ELSE Faults + 1
      Counts(o, t) ==
        /\ Count(o, t) >= needed
        /\ Rule # "ties" => \A other \in Claimed(o) \ {t} : Count(o, other) < Count(o, t)
  IN UNION {{<<o, t>> : t \in {c \in Claimed(o) : Counts(o, c)}} : o \in Oracles}

\* In the mutant the leader leaves out what does not suit it.
Acceptable(justification) ==
  IF Rule = "leader" THEN SUBSET Included(justification) ELSE {Included(justification)}

Propose ==
  /\ proposals = {}
  /\ \E quorum \in Quorums, lie \in Lies :
       \E set \in Acceptable(Justification(quorum, lie)) :
         /\ Cardinality({e[1] : e \in set}) >= Least
         /\ proposals' = {[from |-> quorum, set |-> set]}
  /\ UNCHANGED <<late, settled, said>>

Init ==
  /\ late \in BOOLEAN
  /\ settled \in BOOLEAN
  /\ said = [r \in Honest |-> {}]
  /\ proposals = {}

Next == Propose \/ \E r \in Honest : Speak(r)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What must hold *)

Vouches(r, o, t) == \E s \in said[r] : s[o] = t

\* What all honest oracles of the quorum hold is in S, so also what all honest oracles hold.
NothingLeftOut ==
  \A p \in proposals, o \in Oracles, t \in Tables :
    (\A r \in p.from \ Byzantine : Vouches(r, o, t)) => <<o, t>> \in p.set

\* What is in S was revealed, and some honest oracle has it for those who lack it.
NothingMadeUp ==
  \A p \in proposals : \A e \in p.set : \E r \in p.from \ Byzantine : Vouches(r, e[1], e[2])

OneTableEach ==
  \A p \in proposals : \A d, e \in p.set : d[1] = e[1] => d = e

\* The median lies between honest values only while these are the majority.
HonestMajority ==
  \A p \in proposals :
    2 * Cardinality({e \in p.set : e[1] \in Honest}) > Cardinality(p.set)

\* Above view f, once the network has settled, every honest oracle can speak, and whatever
\* quorum an honest leader collects leads to a set that is large enough.
LateViewsSucceed ==
  late /\ settled =>
    /\ \A r \in Honest : \A held \in Holdings(r), tooLate \in SUBSET Contested :
         Size(Vouched(held, tooLate)) >= Least
    /\ \A quorum \in Quorums, lie \in Lies :
         Cardinality(Included(Justification(quorum, lie))) >= Least

Symmetry == Permutations(Honest)
=============================================================================
