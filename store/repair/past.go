package repair

import (
	"context"
	"encoding/json"
	"fmt"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// past is what the history tells of a record.
type past struct {
	values  map[string]*string // by field: what it held last, nil for empty
	org     string
	created string
	updated string
	deleted string
	rev     int64
	// whole tells that no step is missing from the first to the last.
	whole bool
}

// pastOf reads the histories of records of a kind, by id.
func (j *job) pastOf(ctx context.Context, kind string, ids []string) (all map[string]*past, err error) {
	rows, err := j.t.Query(ctx, "SELECT id, rev, at, action, changes FROM history WHERE kind = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY id, seq", kind, raw.List(ids))
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	defer rows.Close()
	all = map[string]*past{}
	for rows.Next() {
		var id, at, action, changes string
		var rev int64
		if err := rows.Scan(&id, &rev, &at, &action, &changes); err != nil {
			return nil, fmt.Errorf("history: %w", err)
		}
		p := all[id]
		if p == nil {
			p = &past{values: map[string]*string{}, created: at, whole: rev == 1}
			all[id] = p
		} else if rev != p.rev+1 {
			p.whole = false
		}
		p.rev, p.updated = rev, at
		p.step(action, at, changes)
	}
	return all, rows.Err()
}

func (p *past) step(action, at, changes string) {
	switch action {
	case "删除":
		p.deleted = at
	case "恢复":
		p.deleted = ""
	}
	var list []struct {
		Field string  `json:"field"`
		New   *string `json:"new"`
	}
	if json.Unmarshal([]byte(changes), &list) != nil || action == "新建" && len(list) == 0 {
		p.whole = false // what it says can't be read
		return
	}
	for _, c := range list {
		if c.Field == "org_id" {
			if c.New != nil {
				p.org = *c.New
			}
			continue
		}
		p.values[c.Field] = c.New
	}
}

// record makes the record that a history tells of, as far as its values can be read.
func (p *past) record(k *model.Kind, id, org string) *model.Record {
	r := model.NewRecord(k)
	r.ID, r.OrgID, r.CreatedAt, r.UpdatedAt, r.DeletedAt, r.Rev = id, org, p.created, p.updated, p.deleted, max(p.rev, 1)
	if p.org != "" {
		r.OrgID = p.org
	}
	for name, text := range p.values {
		f := k.Field(name)
		if f == nil || text == nil {
			continue
		}
		if v, err := f.Type.ParseCSV(f, *text); err == nil {
			r.Set(name, v)
		}
	}
	return r
}
