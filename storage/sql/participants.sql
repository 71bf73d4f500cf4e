-- Participants, their parts and the marks of what was poured.

-- name: participant(participant)^
-- The columns in the order of ParticipantRow.
SELECT id, assessment, group_id, sealed FROM participants WHERE id = :participant;

-- name: add_participant(participant, assessment, group_id, sealed)^
-- No row when they are there already: a repeated tap must neither count twice nor reset the dialogue. None either when
-- the assessment is closed: its key is gone, and what was erased at closing must not come back.
INSERT INTO participants (id, assessment, group_id, sealed)
SELECT :participant, id, :group_id, :sealed FROM assessments WHERE id = :assessment AND closed = 0
ON CONFLICT (id) DO NOTHING
RETURNING id;

-- name: put_dialogue(participant, sealed)!
-- Not an upsert: a turn that comes late must not bring back somebody who withdrew.
UPDATE participants SET sealed = :sealed WHERE id = :participant;

-- name: move_participant(participant, group_id)^
-- No row when there is nothing to move, so that a repeated tap does not count twice.
UPDATE participants SET group_id = :group_id WHERE id = :participant AND group_id <> :group_id
RETURNING id;

-- name: take_all_out(participant)!
-- What was handed in for one group must not be poured into another's pool unasked.
UPDATE parts SET handed_in = 0 WHERE participant = :participant;

-- name: remove_participant(participant)!
-- Their parts go with them; their marks in spent stay.
DELETE FROM participants WHERE id = :participant;

-- name: parts(participant)
-- The columns in the order of PartRow.
SELECT participant, principle, handed_in, sealed FROM parts WHERE participant = :participant;

-- name: spent(participant)
-- What can no longer be changed.
SELECT principle FROM spent WHERE participant = :participant;

-- name: put_part(participant, principle, sealed)^
-- One statement looks whether it may and writes: no row for what is spent, nor for somebody who is no participant.
INSERT INTO parts (participant, principle, handed_in, sealed)
SELECT id, :principle, 0, :sealed FROM participants
WHERE id = :participant
  AND NOT EXISTS (SELECT 1 FROM spent WHERE participant = :participant AND principle = :principle)
ON CONFLICT (participant, principle) DO UPDATE SET handed_in = 0, sealed = excluded.sealed
RETURNING principle;

-- name: hand_in(participant, principle, sealed_if_new)^
-- As put_part; a part that is there keeps what it holds.
INSERT INTO parts (participant, principle, handed_in, sealed)
SELECT id, :principle, 1, :sealed_if_new FROM participants
WHERE id = :participant
  AND NOT EXISTS (SELECT 1 FROM spent WHERE participant = :participant AND principle = :principle)
ON CONFLICT (participant, principle) DO UPDATE SET handed_in = 1
RETURNING principle;

-- name: take_out(participant, principle)^
-- A spent part is not there any more, so it needs no second look.
UPDATE parts SET handed_in = 0 WHERE participant = :participant AND principle = :principle AND handed_in = 1
RETURNING principle;
