package county

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Most of a month's rows are last month's. The county keeps a digest of each record that
// an organisation's last bundle brought, in the table received_rows, and reads from its
// ledger only those whose digest is another now. The table is no record of anything: what
// stands there holds only beside the very bundle with which it was written, goes in the
// transaction that writes to a row of its organisation in any other way (count.Forget),
// and may be deleted at any time: then all rows are read and compared.

const (
	idSize     = 16 // bytes of an id
	digestSize = 16 // bytes of a digest: the first of a SHA-256
	entrySize  = idSize + digestSize
)

// digests are those of one kind's records, by id: id and digest, one behind the other.
type digests []byte

// digestRecords gives the digests of records, which must come by id, nil where they don't.
func digestRecords(rs []*model.Record) digests {
	all := make(digests, 0, len(rs)*entrySize)
	var text []byte
	for _, r := range rs {
		at := len(all)
		id, err := hex.AppendDecode(all, []byte(strings.ReplaceAll(r.ID, "-", "")))
		if err != nil || len(id) != at+idSize || at > 0 && bytes.Compare(id[at-entrySize:at-digestSize], id[at:]) >= 0 {
			return nil
		}
		text = appendRecord(text[:0], r)
		sum := sha256.Sum256(text)
		all = append(id, sum[:digestSize]...)
	}
	return all
}

// appendRecord writes all that a bundle holds of a record in one way. Empty fields leave
// nothing, so that a field which a newer program adds changes no digest.
func appendRecord(b []byte, r *model.Record) []byte {
	put := func(s string) {
		b = strconv.AppendInt(b, int64(len(s)), 10)
		b = append(append(b, ':'), s...)
	}
	for _, s := range []string{r.ID, r.OrgID, r.CreatedAt, r.UpdatedAt, r.DeletedAt} {
		put(s)
	}
	b = strconv.AppendInt(b, r.Rev, 10)
	for _, f := range r.Kind.Fields() {
		v := r.Get(f.Name)
		if v == nil {
			continue
		}
		put(f.Name)
		switch v := v.(type) {
		case string:
			put(v)
		case []string:
			b = strconv.AppendInt(append(b, '['), int64(len(v)), 10)
			for _, s := range v {
				put(s)
			}
		case []model.Mark:
			b = strconv.AppendInt(append(b, '{'), int64(len(v)), 10)
			for _, m := range v {
				put(m.Target)
				put(m.State)
			}
		default:
			put(fmt.Sprint(v))
		}
	}
	return b
}

// changedSince compares the digests of records with those that were kept. changed are the
// records that are new or another, by their places; ids are those on file that are another
// or gone.
func (now digests) changedSince(kept digests) (changed []int, ids []string) {
	place := 0
	for len(now) > 0 || len(kept) > 0 {
		order := 0
		switch {
		case len(kept) == 0:
			order = -1
		case len(now) == 0:
			order = 1
		default:
			order = bytes.Compare(now[:idSize], kept[:idSize])
		}
		if order <= 0 && (order < 0 || !bytes.Equal(now[idSize:entrySize], kept[idSize:entrySize])) {
			changed = append(changed, place)
		}
		if order > 0 || order == 0 && !bytes.Equal(now[idSize:entrySize], kept[idSize:entrySize]) {
			ids = append(ids, idText(kept[:idSize]))
		}
		if order <= 0 {
			now = now[entrySize:]
			place++
		}
		if order >= 0 {
			kept = kept[entrySize:]
		}
	}
	return changed, ids
}

func idText(id []byte) string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// keptDigests gives what is kept of the records that an organisation's last bundle
// brought, by kind; nil where nothing is kept that holds.
func keptDigests(ctx context.Context, q raw.Querier, orgID string) (map[string]digests, error) {
	rows, err := q.Query(ctx, `SELECT kind, rows FROM received_rows WHERE org_id = ?1 AND bundle =
		(SELECT min(hash) FROM known_key WHERE org_id = ?1 HAVING count(*) = 1)`, orgID)
	if err != nil {
		return nil, fmt.Errorf("digests: %w", err)
	}
	defer rows.Close()
	var all map[string]digests
	for rows.Next() {
		var kind string
		var d digests
		if err := rows.Scan(&kind, (*[]byte)(&d)); err != nil {
			return nil, fmt.Errorf("digests: %w", err)
		}
		if len(d)%entrySize != 0 {
			return nil, nil
		}
		if all == nil {
			all = map[string]digests{}
		}
		all[kind] = d
	}
	return all, rows.Err()
}

// keepDigests keeps the digests of all records that an organisation has from now on, and
// notes with which bundle they came.
func keepDigests(ctx context.Context, t *store.Tx, orgID, bundle string, all map[string]digests) error {
	if err := t.Settle(ctx); err != nil { // it drops those of before
		return err
	}
	for _, k := range t.Ledger().Kinds().Kinds() {
		d, there := all[k.Name]
		if !there {
			continue
		}
		if err := t.Exec(ctx, "INSERT INTO received_rows (org_id, kind, bundle, rows) VALUES (?, ?, ?, ?)", orgID, k.Name, bundle, []byte(d)); err != nil {
			return fmt.Errorf("digests: %w", err)
		}
	}
	return nil
}

// digestAll gives the digests of an organisation's records by kind, also of the kinds of
// which it has none; nil where one can't be taken.
func digestAll(kinds *model.Catalog, records map[string][]*model.Record) map[string]digests {
	all := map[string]digests{}
	for _, k := range kinds.Kinds() {
		d := digestRecords(records[k.Name])
		if d == nil {
			return nil
		}
		all[k.Name] = d
	}
	return all
}

// unchanged tells which records of one kind stand on file as they are in a bundle, by their
// places in now, and the ids of those on file that are another or gone; sure is false where
// the digests don't tell.
func unchanged(kept, fresh map[string]digests, kind string, now []*model.Record) (same []*model.Record, others []string, sure bool) {
	was, there := kept[kind]
	is, taken := fresh[kind]
	if !there || !taken {
		return nil, nil, false
	}
	changed, others := is.changedSince(was)
	same = make([]*model.Record, 0, len(now)-len(changed))
	for i, r := range now {
		if len(changed) > 0 && changed[0] == i {
			changed = changed[1:]
			continue
		}
		same = append(same, r)
	}
	return same, others, true
}

// onFile gives the rows of one kind that may have to be replaced, by id, and those of now
// that may be new or another: by the digests where such are kept, else all.
func onFile(ctx context.Context, t *store.Tx, k *model.Kind, orgID string, now []*model.Record, fresh, kept map[string]digests) (before map[string]*model.Record, changed []*model.Record, err error) {
	var olds []*model.Record
	was, known := kept[k.Name]
	is, taken := fresh[k.Name]
	if !known || !taken {
		olds, err = t.RowsOf(ctx, k, orgID)
		changed = now
	} else {
		places, ids := is.changedSince(was)
		for _, n := range places {
			changed = append(changed, now[n])
		}
		if len(ids) > 0 {
			olds, err = t.RowsBy(ctx, k, ids)
		}
		if err == nil && len(olds) != len(ids) {
			return nil, nil, fmt.Errorf("digests of %s: %d rows of %d are on file", raw.Quote(k.Name), len(olds), len(ids))
		}
	}
	if err != nil {
		return nil, nil, err
	}
	before = make(map[string]*model.Record, len(olds))
	for _, o := range olds {
		before[o.ID] = o
	}
	return before, changed, nil
}
