package county

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
)

// IntakeLine is one line of the county's book of bundles handled.
type IntakeLine struct {
	Seq      int64  // given by the ledger
	At       string // YYYY-MM-DDThh:mm:ssZ, given by the ledger
	File     string // base name
	FileHash string // SHA-256 of the file as it came, hex
	Code     string // of the organisation; "" where the file could not be opened
	Month    model.Month
	Sequence int64
	Hash     string // SHA-256 of its datapackage.json, hex
	Verdict  string
	Reasons  json.RawMessage // what the county's side says of it; the ledger does not read it
	Receipt  string          // the name of the answer that was written, or ""
}

// KnownKey is the key by which the bundles of an organisation are known, and what
// was last accepted of it.
type KnownKey struct {
	Code, PublicKey, OrgID string
	Since                  string // when the first bundle was accepted; given by the ledger
	Sequence               int64  // of the last bundle accepted
	Hash                   string // SHA-256 of its datapackage.json, hex
	// Restored tells that the next bundle is let in though it does not follow on the last
	// one accepted: of the ledger of which Allowed tells, or, where that is nil, of any.
	// Accepting a bundle clears it.
	Restored bool
	Allowed  *Allowance
	// Successor is the key that the county accepts in this one's place, "" for none:
	// of a ledger that it rescued, or, with Restored, of one begun anew that it
	// trusts. The first bundle under it makes it the known key.
	Successor string
	// Sent are the bundles that are known to be of its ledger, the newest first, as far
	// back as the county knows (KnownKeyOf, KnownOrganisation alone give them).
	Sent []bundle.Before
}

// KnownKeyOf gives the key that is known of an organisation, nil for none.
func KnownKeyOf(ctx context.Context, l *store.Ledger, code string) (*KnownKey, error) {
	k, err := knownKey(ctx, l, "code = ?", code)
	return k, inside(l).Explain(err)
}

// KnownOrganisation gives the key under which an organisation's id is known, nil
// for none.
func KnownOrganisation(ctx context.Context, l *store.Ledger, orgID string) (*KnownKey, error) {
	k, err := knownKey(ctx, l, "org_id = ?", orgID)
	return k, inside(l).Explain(err)
}

func knownKey(ctx context.Context, l *store.Ledger, where, value string) (*KnownKey, error) {
	rows, err := inside(l).Readers().Query(ctx, `SELECT code, public_key, coalesce(org_id, ''), since, sequence, coalesce(hash, ''), restored, coalesce(successor, ''),
		coalesce(sent, '[]'), coalesce(allowed, 'null') FROM known_key WHERE `+where, value)
	if err != nil {
		return nil, fmt.Errorf("known key: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	var k KnownKey
	var sent, allowed string
	if err := rows.Scan(&k.Code, &k.PublicKey, &k.OrgID, &k.Since, &k.Sequence, &k.Hash, &k.Restored, &k.Successor, &sent, &allowed); err != nil {
		return nil, fmt.Errorf("known key: %w", err)
	}
	if err := errors.Join(json.Unmarshal([]byte(sent), &k.Sent), json.Unmarshal([]byte(allowed), &k.Allowed)); err != nil {
		return nil, fmt.Errorf("known key %s: %w", k.Code, err)
	}
	return &k, rows.Err()
}

// AcceptedHashes gives the hashes of the bundles accepted of an organisation under
// a number. There can be several, after a ledger was restored from a backup.
func AcceptedHashes(ctx context.Context, l *store.Ledger, code string, sequence int64, verdicts ...string) ([]string, error) {
	hashes, err := raw.Texts(ctx, inside(l).Readers(), `SELECT hash FROM intake WHERE code = ? AND sequence = ? AND hash IS NOT NULL
		AND verdict IN (SELECT value FROM json_each(?)) ORDER BY seq`, code, sequence, raw.List(verdicts))
	return hashes, inside(l).Explain(err)
}

// AcceptedFile gives the line of the book under which a file with this hash was
// accepted, nil for none.
func AcceptedFile(ctx context.Context, l *store.Ledger, fileHash string, verdicts ...string) (*IntakeLine, error) {
	rows, err := inside(l).Readers().Query(ctx, "SELECT "+intakeColumns+`, reasons FROM intake WHERE file_hash = ?
		AND verdict IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT 1`, fileHash, raw.List(verdicts))
	all, err := scanIntakes(rows, err)
	if len(all) == 0 || err != nil {
		return nil, inside(l).Explain(err)
	}
	return &all[0], nil
}

// OnRoll gives a unit of the county's list, nil where its code is not on it; listed
// is false when there is no list.
func OnRoll(ctx context.Context, l *store.Ledger, code string) (unit *store.Unit, listed bool, err error) {
	rows, err := inside(l).Readers().Query(ctx, `SELECT code, name, coalesce(township, ''), coalesce(domain, ''), coalesce(phone, '')
		FROM roll_unit WHERE code = ?`, code)
	if err != nil {
		return nil, false, inside(l).Explain(fmt.Errorf("list of units: %w", err))
	}
	defer rows.Close()
	if rows.Next() {
		var u store.Unit
		if err := rows.Scan(&u.Code, &u.Name, &u.Township, &u.Domain, &u.Phone); err != nil {
			return nil, false, inside(l).Explain(fmt.Errorf("list of units: %w", err))
		}
		return &u, true, inside(l).Explain(rows.Err())
	}
	if err := rows.Err(); err != nil {
		return nil, false, inside(l).Explain(fmt.Errorf("list of units: %w", err))
	}
	n, err := raw.Number(ctx, inside(l).Readers(), "SELECT EXISTS (SELECT 1 FROM roll_unit)")
	if err != nil {
		return nil, false, inside(l).Explain(fmt.Errorf("list of units: %w", err))
	}
	return nil, n > 0, nil
}

// ForeignID gives one of the ids that is on a record of another organisation, "" for
// none.
func ForeignID(ctx context.Context, l *store.Ledger, kind, orgID string, ids []string) (string, error) {
	k, err := l.Kinds().Find(kind)
	if err != nil || len(ids) == 0 {
		return "", err
	}
	id, err := foreignID(ctx, inside(l).Readers(), k, orgID, ids)
	return id, inside(l).Explain(err)
}

// Intakes gives the county's book of bundles handled, the first first; of one month
// alone unless month is "".
func Intakes(ctx context.Context, l *store.Ledger, month model.Month) ([]IntakeLine, error) {
	return intakes(ctx, l, "SELECT "+intakeColumns+", reasons FROM intake WHERE ?1 = '' OR month = ?1 ORDER BY seq", string(month))
}

// NoteIntake writes a bundle down that was handled without changing anything else.
// One that says the same of the same file as the last line about it is not written
// again.
func NoteIntake(ctx context.Context, l *store.Ledger, i IntakeLine) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		last, err := raw.Texts(ctx, t, `SELECT verdict || char(10) || reasons FROM intake WHERE file_hash = ? ORDER BY seq DESC LIMIT 1`, i.FileHash)
		if err != nil {
			return fmt.Errorf("intake: %w", err)
		}
		if len(last) == 1 && last[0] == i.Verdict+"\n"+string(i.Reasons) {
			return nil
		}
		return noteIntake(ctx, t, i)
	})
}

func noteIntake(ctx context.Context, t *store.Tx, i IntakeLine) error {
	sequence := ""
	if i.Sequence > 0 {
		sequence = strconv.FormatInt(i.Sequence, 10)
	}
	err := t.Exec(ctx, `INSERT INTO intake (at, file, file_hash, code, month, sequence, hash, verdict, reasons)
		VALUES (?, ?, ?, nullif(?, ''), nullif(?, ''), CAST(nullif(?, '') AS INTEGER), nullif(?, ''), ?, ?)`,
		t.Stamp(), i.File, i.FileHash, i.Code, string(i.Month), sequence, i.Hash, i.Verdict, string(i.Reasons))
	if err != nil {
		return fmt.Errorf("intake: %w", err)
	}
	return nil
}

func setKnownKey(ctx context.Context, t *store.Tx, k KnownKey) error {
	sent, err := json.Marshal(k.Sent)
	if err != nil {
		return fmt.Errorf("known key: %w", err)
	}
	err = t.Exec(ctx, `INSERT INTO known_key (code, public_key, org_id, since, sequence, hash, sent) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (code) DO UPDATE SET public_key = excluded.public_key, org_id = excluded.org_id,
		sequence = excluded.sequence, hash = excluded.hash, sent = excluded.sent,
		since = CASE WHEN public_key = excluded.public_key THEN since ELSE excluded.since END,
		restored = CASE WHEN successor <> excluded.public_key THEN restored ELSE 0 END,
		allowed = CASE WHEN successor <> excluded.public_key THEN allowed ELSE NULL END,
		successor = nullif(successor, excluded.public_key)`,
		k.Code, k.PublicKey, k.OrgID, t.Stamp(), k.Sequence, k.Hash, string(sent))
	if err != nil {
		return fmt.Errorf("known key: %w", err)
	}
	return nil
}

// MarkReceipts notes under which name the answer to lines of the book was written.
func MarkReceipts(ctx context.Context, l *store.Ledger, names map[int64]string) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		for seq, name := range names {
			if err := t.Exec(ctx, "UPDATE intake SET receipt = ? WHERE seq = ?", name, seq); err != nil {
				return fmt.Errorf("intake: %w", err)
			}
		}
		return nil
	})
}

// SetSuccessor notes the key that is accepted in place of the one known of an
// organisation from the next bundle on; until one under it is accepted the known one
// holds too. anew lets that bundle come from a ledger begun anew, with another
// organisation id and lower numbers. *model.Error E-UNKNOWN-UNIT when nothing was ever
// accepted of the organisation.
func SetSuccessor(ctx context.Context, l *store.Ledger, code, publicKey string, anew bool) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		n, err := raw.Number(ctx, t, "SELECT count(*) FROM known_key WHERE code = ?", code)
		if err != nil {
			return fmt.Errorf("known key: %w", err)
		}
		if n == 0 {
			return unknownUnit(code)
		}
		if err := t.Exec(ctx, "UPDATE known_key SET successor = ?, restored = ?, allowed = NULL WHERE code = ?", publicKey, anew, code); err != nil {
			return fmt.Errorf("known key: %w", err)
		}
		return nil
	})
}

func unknownUnit(code string) *model.Error {
	return model.Errorf("E-UNKNOWN-UNIT", "还没有接收过 %s 的报送包;请核对代码", model.Clean(code, false))
}

// BareReasons leaves of the lines of the book that a transaction has written what they are
// counted by: the verdict's code, the organisation and how many problems there were. Their
// texts may name organisations and persons of others.
func BareReasons(ctx context.Context, t *store.Tx) error {
	rows, err := t.Query(ctx, "SELECT seq, reasons FROM intake")
	if err != nil {
		return fmt.Errorf("intake: %w", err)
	}
	bare := map[int64]string{}
	for rows.Next() {
		var seq int64
		var text string
		if err = rows.Scan(&seq, &text); err != nil {
			break
		}
		var why reasons
		if json.Unmarshal([]byte(text), &why) != nil {
			why = reasons{}
		}
		left := reasons{Code: why.Code, OrgID: why.OrgID, Signed: why.Signed, Changes: why.Changes, Problems: make([]Problem, len(why.Problems))}
		for i, p := range why.Problems {
			left.Problems[i] = Problem{Effect: p.Effect}
		}
		data, failed := json.Marshal(left)
		if err = failed; err != nil {
			break
		}
		bare[seq] = string(data)
	}
	if err == nil {
		err = rows.Err()
	}
	if closing := rows.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("intake: %w", err)
	}
	for seq, text := range bare {
		if err := t.Exec(ctx, "UPDATE intake SET reasons = ?, receipt = NULL WHERE seq = ?", text, seq); err != nil {
			return fmt.Errorf("intake: %w", err)
		}
	}
	return nil
}
