--------------------------- MODULE ApBftPacemaker ---------------------------
(* How oracles come together in a view: wishes, said again and again, over links
   that lose them until the network settles. After that, all honest oracles meet
   in a view that one of them leads.

   Byzantine oracles have no state: what they wish differs from step to step and
   from oracle to oracle, or they are silent. *)
EXTENDS Integers, FiniteSets, TLC

CONSTANTS
  Honest,    \* the honest oracles
  Faults,    \* f: how many Byzantine oracles there are besides
  LastView,  \* views run from 0 to this
  StormView, \* before the network settles, nobody times out of this view or a later one
  HonestLed, \* the views that honest oracles lead
  AdoptAt,   \* how many wishes make an oracle wish the same: f+1, less in a mutant
  EnterAt,   \* how many make it enter: 2f+1, more in a mutant
  Repeated   \* whether a standing wish is said again; never in a mutant

ASSUME /\ Cardinality(Honest) = 2 * Faults + 1
       /\ StormView <= LastView
       /\ HonestLed \subseteq 0..LastView
       /\ Repeated \in BOOLEAN

VARIABLES
  settled, \* whether the network loses nothing any more
  view,    \* the view an oracle is in
  wish,    \* the view that it wishes for
  heard,   \* heard[r][s]: the newest wish of s that r knows
  onWay    \* onWay[s]: whom the present wish of s is on its way to

vars == <<settled, view, wish, heard, onWay>>

Views == 0..LastView

TypeOK ==
  /\ settled \in BOOLEAN
  /\ view \in [Honest -> Views]
  /\ wish \in [Honest -> Views]
  /\ heard \in [Honest -> [Honest -> Views]]
  /\ onWay \in [Honest -> SUBSET Honest]

Max(numbers) == CHOOSE n \in numbers : \A m \in numbers : m <= n

-----------------------------------------------------------------------------
(* Messages. An older wish that is still on its way adds nothing to the present one. *)

Others(s) == Honest \ {s}

Unaware(s) == {r \in Others(s) : heard[r][s] < wish[s]}

Deliver(s, r) ==
  /\ r \in onWay[s]
  /\ heard' = [heard EXCEPT ![r][s] = wish[s]]
  /\ onWay' = [onWay EXCEPT ![s] = @ \ {r}]
  /\ UNCHANGED <<settled, view, wish>>

Lose(s, r) ==
  /\ ~settled
  /\ r \in onWay[s]
  /\ onWay' = [onWay EXCEPT ![s] = @ \ {r}]
  /\ UNCHANGED <<settled, view, wish, heard>>

\* Unconditionally, whatever view s is in. Whoever knows the wish already is left out here.
SayAgain(s) ==
  /\ Repeated
  /\ onWay[s] # Unaware(s)
  /\ onWay' = [onWay EXCEPT ![s] = Unaware(s)]
  /\ UNCHANGED <<settled, view, wish, heard>>

Settle ==
  /\ ~settled
  /\ settled' = TRUE
  /\ UNCHANGED <<view, wish, heard, onWay>>

-----------------------------------------------------------------------------
(* The rules. In each, Byzantine oracles wish for the given view. *)

\* The largest view that this many wishes reach, as r knows them, with its own wish given.
Reached(r, many, own, byzantine) ==
  Max({v \in Views :
         Cardinality({s \in Others(r) : heard[r][s] >= v})
           + (IF own >= v THEN 1 ELSE 0)
           + (IF byzantine >= v THEN Faults ELSE 0) >= many})

Adopted(r, byzantine) == Max({wish[r], Reached(r, AdoptAt, wish[r], byzantine)})

Entered(r, byzantine) == Max({view[r], Reached(r, EnterAt, Adopted(r, byzantine), byzantine)})

Follow(r, byzantine) ==
  LET adopted == Adopted(r, byzantine)
      entered == Entered(r, byzantine)
  IN /\ adopted > wish[r] \/ entered > view[r]
     /\ wish' = [wish EXCEPT ![r] = adopted]
     /\ view' = [view EXCEPT ![r] = entered]
     /\ onWay' = [onWay EXCEPT ![r] = IF adopted > wish[r] THEN Others(r) ELSE @]
     /\ UNCHANGED <<settled, heard>>

\* In a network that has settled, messages are faster than timers: what is said arrives, and
\* is acted on, before a view times out.
Quiet ==
  /\ \A s \in Honest : onWay[s] = {} /\ (Repeated => Unaware(s) = {})
  /\ \A r \in Honest : Adopted(r, 0) = wish[r] /\ Entered(r, 0) = view[r]

\* A view is over without a certificate.
Timeout(r) ==
  /\ wish[r] = view[r]
  /\ IF settled THEN Quiet /\ view[r] < LastView ELSE view[r] < StormView
  /\ wish' = [wish EXCEPT ![r] = view[r] + 1]
  /\ onWay' = [onWay EXCEPT ![r] = Others(r)]
  /\ UNCHANGED <<settled, view, heard>>

Init ==
  /\ settled = FALSE
  /\ view = [r \in Honest |-> 0]
  /\ wish = [r \in Honest |-> 0]
  /\ heard = [r \in Honest |-> [s \in Honest |-> 0]]
  /\ onWay = [s \in Honest |-> {}]

\* What honest oracles and links do in the end. No help of Byzantine ones is counted on.
Progress ==
  \/ \E s, r \in Honest : Deliver(s, r)
  \/ \E r \in Honest : SayAgain(r) \/ Follow(r, 0) \/ Timeout(r)

Next ==
  \/ Progress
  \/ Settle
  \/ \E s, r \in Honest : Lose(s, r)
  \/ \E r \in Honest, v \in Views : Follow(r, v)

\* It is enough that some step of Progress follows as long as one is possible: once the network
\* has settled, each raises something that never falls again.
Spec == Init /\ [][Next]_vars /\ WF_vars(Settle) /\ WF_vars(Progress)

-----------------------------------------------------------------------------
(* What must hold *)

\* Every wish goes back to an honest oracle's timeout: Byzantine ones push nobody.
NobodyIsPushed == \E s \in Honest : \A r \in Honest : wish[r] <= view[s] + 1

NobodyEntersUnwilling == \A r \in Honest : view[r] <= wish[r]

Together == settled /\ \E v \in HonestLed : \A r \in Honest : view[r] = v

HonestLeaderComes == <>Together
=============================================================================
