------------------------------ MODULE Counter ------------------------------
(* For the tests of what runs the checks. *)
EXTENDS Integers
CONSTANT Last
VARIABLE n
Init == n = 0
Next == n < Last /\ n' = n + 1
Spec == Init /\ [][Next]_n /\ WF_n(Next)
Small == n < 3
Positive == n > 0
ReachesThree == <>(n = 3)
=============================================================================
