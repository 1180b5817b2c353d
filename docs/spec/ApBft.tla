------------------------------- MODULE ApBft -------------------------------
(* How oracles agree on one epoch: NewView, Propose, Prepare, Commit, crash and
   restart. What is modelled and what is not: README.md beside this file.

   Messages are never lost for good: what was said stays in newViews, prepares
   and commits, and anybody may act on any part of it at any time. So delay,
   loss, duplication and reordering need no actions of their own.

   Byzantine oracles have no state: their votes count for every value, every
   leader may be one of them (whatever some justification allows is proposed to
   anybody), and they show any lock for which the prepares exist. *)
EXTENDS Integers, FiniteSets, TLC

CONSTANTS
  Honest,        \* the honest oracles
  Faults,        \* f: how many Byzantine oracles there are besides
  Values,        \* what may be agreed on: a set S with its outcome
  LastView,      \* views run from 0 to this
  Quorum,        \* q
  BindingLock,   \* which lock binds a proposal: "highest", or in mutants "any", "none"
  CertifiedView, \* whether the view is part of the certificate
  Exclusion,     \* what the 98 % rule takes away: "tables"; in mutants "voters", "votes"
  SilentEntry,   \* whether a view may be entered without a NewView
  OnDisk         \* what a crash leaves: {"view", "lock", "votes"}, less in mutants

ASSUME /\ IsFiniteSet(Honest) /\ Cardinality(Honest) > 2 * Faults
       /\ BindingLock \in {"highest", "any", "none"}
       /\ {CertifiedView, SilentEntry} \subseteq BOOLEAN
       /\ Exclusion \in {"tables", "voters", "votes"}
       /\ OnDisk \subseteq {"view", "lock", "votes"}

VARIABLES
  view,      \* the view an oracle is in
  newViews,  \* its NewView statements: the view and the lock that they show
  prepares,  \* its Prepare statements
  commits,   \* its Commit statements
  voted,     \* the Prepare statements that it remembers
  lock       \* the newest lock that it remembers

vars == <<view, newViews, prepares, commits, voted, lock>>

Views == 0..LastView
Votes == [view : Views, value : Values]
NoLock == [view |-> -1]
Locks == Votes \cup {NoLock}

TypeOK ==
  /\ view \in [Honest -> Views]
  /\ newViews \in [Honest -> SUBSET [view : Views, lock : Locks]]
  /\ prepares \in [Honest -> SUBSET Votes]
  /\ commits \in [Honest -> SUBSET Votes]
  /\ \A r \in Honest : voted[r] \subseteq prepares[r]
  /\ lock \in [Honest -> Locks]

Max(numbers) == CHOOSE n \in numbers : \A m \in numbers : m <= n

-----------------------------------------------------------------------------
(* Quorums *)

\* The honest oracle that each value excludes; only mutants ask. Different ones.
Excluded == CHOOSE e \in [Values -> Honest] : \A x, y \in Values : x # y => e[x] # e[y]

QuorumOf(n) == (n + (n - 1) \div 3) \div 2 + 1

\* Whether these honest oracles and all Byzantine ones are enough for a value.
Enough(voters, x) ==
  CASE Exclusion = "tables" -> Cardinality(voters) + Faults >= Quorum
    [] Exclusion = "votes" -> Cardinality(voters \cup {Excluded[x]}) + Faults >= Quorum
    [] Exclusion = "voters" ->
         Cardinality(voters \ {Excluded[x]}) + Faults
           >= QuorumOf(Cardinality(Honest) + Faults - 1)

\* Whether a quorum prepared a value in a view: enough to lock it.
Prepared(v, x) == Enough({r \in Honest : [view |-> v, value |-> x] \in prepares[r]}, x)

\* Whether the commits of a value make a certificate that names this view.
Certified(v, x) ==
  Enough({r \in Honest : \E c \in commits[r] : c.value = x /\ (CertifiedView => c.view = v)}, x)

-----------------------------------------------------------------------------
(* What a leader may propose. Followers check it; a Byzantine leader is free within it. *)

\* The statements of honest oracles from which a leader of this view can choose.
Statements(v) ==
  UNION {{[from |-> r, lock |-> s.lock] : s \in {n \in newViews[r] : n.view = v}} : r \in Honest}

\* The locks that Byzantine statements may show.
Provable(v) == {l \in Votes : l.view < v /\ Prepared(l.view, l.value)}

OnePerOracle(statements) == \A s, t \in statements : s.from = t.from => s = t

\* Whether a quorum of statements, b of them Byzantine, leads to a value.
LeadsTo(honest, b, v, x) ==
  LET shown == {s.lock : s \in honest} \ {NoLock}
      possible == shown \cup (IF b > 0 THEN Provable(v) ELSE {})
  IN CASE BindingLock = "none" -> TRUE
       [] BindingLock = "any" -> shown = {} \/ \E l \in possible : l.value = x
       [] BindingLock = "highest" ->
            \/ shown = {}
            \/ \E l \in possible : l.value = x /\ \A other \in shown : other.view <= l.view

\* Nobody can be locked in view 0, so there every set that NewViews lead to may come up.
Justified(v, x) ==
  \/ v = 0
  \/ \E b \in 0..Faults, honest \in SUBSET Statements(v) :
       /\ OnePerOracle(honest)
       /\ Cardinality(honest) + b = Quorum
       /\ LeadsTo(honest, b, v, x)

-----------------------------------------------------------------------------
(* What an honest oracle does *)

\* NewView: a statement is on disk before it is sent, so from here on its view is.
\* Locked in this view, there is nothing to add.
Announce(r) ==
  LET statement == [view |-> view[r], lock |-> lock[r]] IN
  /\ view[r] > 0
  /\ lock[r].view < view[r]
  /\ statement \notin newViews[r]
  /\ newViews' = [newViews EXCEPT ![r] = @ \cup {statement}]
  /\ UNCHANGED <<view, prepares, commits, voted, lock>>

\* The pacemaker leads into a later view, which is announced at once or, while tables are
\* missing, by Announce. Until then the view is in memory only.
Enter(r) ==
  /\ \E v \in Views :
       /\ v > view[r]
       /\ view' = [view EXCEPT ![r] = v]
       /\ \/ newViews' = [newViews EXCEPT ![r] = @ \cup {[view |-> v, lock |-> lock[r]]}]
          \/ SilentEntry /\ UNCHANGED newViews
  /\ UNCHANGED <<prepares, commits, voted, lock>>

\* Prepare: once per view, what the justification leads to. It never looks at its own lock.
Prepare(r) ==
  /\ \A p \in voted[r] : p.view # view[r]
  /\ \E x \in Values :
       LET vote == [view |-> view[r], value |-> x] IN
       /\ Justified(view[r], x)
       /\ prepares' = [prepares EXCEPT ![r] = @ \cup {vote}]
       /\ voted' = [voted EXCEPT ![r] = @ \cup {vote}]
  /\ UNCHANGED <<view, newViews, commits, lock>>

\* Commit, with the lock in the same flush: a quorum prepared what I prepared in this view.
Commit(r) ==
  /\ \E vote \in voted[r] :
       /\ vote.view = view[r]
       /\ Prepared(vote.view, vote.value)
       /\ vote \notin commits[r]
       /\ commits' = [commits EXCEPT ![r] = @ \cup {vote}]
       /\ lock' = [lock EXCEPT ![r] = vote]
  /\ UNCHANGED <<view, newViews, prepares, voted>>

\* A crash and a restart from what is on disk. What was said stays said.
Restart(r) ==
  LET announced == IF "view" \in OnDisk THEN {s.view : s \in newViews[r]} ELSE {}
      remembered == IF "votes" \in OnDisk THEN voted[r] ELSE {}
  IN /\ view' = [view EXCEPT ![r] = Max({0} \cup announced \cup {p.view : p \in remembered})]
     /\ voted' = [voted EXCEPT ![r] = remembered]
     /\ lock' = [lock EXCEPT ![r] = IF "lock" \in OnDisk THEN @ ELSE NoLock]
     /\ UNCHANGED <<newViews, prepares, commits>>

Init ==
  /\ view = [r \in Honest |-> 0]
  /\ newViews = [r \in Honest |-> {}]
  /\ prepares = [r \in Honest |-> {}]
  /\ commits = [r \in Honest |-> {}]
  /\ voted = [r \in Honest |-> {}]
  /\ lock = [r \in Honest |-> NoLock]

Next ==
  \E r \in Honest : Enter(r) \/ Announce(r) \/ Prepare(r) \/ Commit(r) \/ Restart(r)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What must hold *)

\* No two certificates for different outcomes can exist, whoever holds them.
Agreement ==
  \A v, w \in Views, x, y \in Values : Certified(v, x) /\ Certified(w, y) => x = y

\* In one view at most one value can be locked.
OneLockPerView ==
  \A v \in Views, x, y \in Values : Prepared(v, x) /\ Prepared(v, y) => x = y

\* Why agreement holds across views: nothing else can be locked above a certificate.
CertificatesBind ==
  \A v, w \in Views, x, y \in Values : v < w /\ Certified(v, x) /\ Prepared(w, y) => x = y

\* What must never be forgotten: an oracle is not in a view below one that it announced or voted in.
NeverBack ==
  \A r \in Honest :
    /\ \A s \in newViews[r] : s.view <= view[r]
    /\ \A p \in prepares[r] \cup commits[r] : p.view <= view[r]

-----------------------------------------------------------------------------
(* A hostile state to start deeper searches from: three views failed after one commit each,
   the first and the third for x, the second for y. Midway.cfg shows that it can be reached. *)

Said(v, x) == [view |-> v, value |-> x]
Announced(v, l) == [view |-> v, lock |-> l]

MidwayOf(a, b, c, x, y) ==
  LET is(f, of_a, of_b, of_c) ==
        f = [r \in Honest |-> CASE r = a -> of_a [] r = b -> of_b [] r = c -> of_c]
  IN /\ is(view, 2, 1, 2)
     /\ is(newViews, {Announced(2, Said(0, x))}, {Announced(1, NoLock)},
           {Announced(1, NoLock), Announced(2, NoLock)})
     /\ is(prepares, {Said(0, x), Said(2, x)}, {Said(0, x), Said(1, y)}, {Said(1, y), Said(2, x)})
     /\ is(commits, {Said(0, x)}, {Said(1, y)}, {Said(2, x)})
     /\ is(voted, {Said(0, x), Said(2, x)}, {Said(0, x), Said(1, y)}, {Said(1, y), Said(2, x)})
     /\ is(lock, Said(0, x), Said(1, y), Said(2, x))

Midway ==
  \E a, b, c \in Honest, x, y \in Values :
    Cardinality({a, b, c}) = 3 /\ x # y /\ MidwayOf(a, b, c, x, y)

NotMidway == ~Midway

Symmetry == Permutations(Honest) \cup Permutations(Values)
=============================================================================
