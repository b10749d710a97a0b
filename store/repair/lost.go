package repair

import (
	"context"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/carve"
	"taizhang/store/internal/raw"
)

// findHome finds whose ledger it is where the setting can't be read: the organisation whose
// own records have a history here.
func (j *job) findHome(ctx context.Context) error {
	var err error
	j.home, err = j.t.Setting(ctx, "home")
	if err != nil || j.home != "" && j.src.known.kind(j.home) == j.o.Store.Book.Org.Kind {
		return err
	}
	j.home = "" // named again when the organisations are there
	return nil
}

// exists tells whether a record has been put in.
func (j *job) exists(ctx context.Context, kind, id string) (bool, error) {
	n, err := raw.Number(ctx, j.t, "SELECT count(*) FROM "+raw.Quote(kind)+" WHERE id = ?", id)
	return n > 0, err
}

// miss notes a record that something tells of and that was not read.
func (j *job) miss(ctx context.Context, kind, id string) (*lost, error) {
	k := key{kind, id}
	if l := j.lost[k]; l != nil || j.o.Store.Book.Kinds.Kind(kind) == nil || !legible(id) || id == "" {
		return l, nil
	}
	if there, err := j.exists(ctx, kind, id); err != nil || there {
		return nil, err
	}
	l := &lost{fields: map[string]any{}}
	j.lost[k], j.order = l, append(j.order, k)
	return l, nil
}

// findLost asks everything that names records: the indexes, what records are found by, the
// history, and the references to them.
func (j *job) findLost(ctx context.Context) error {
	for _, step := range []func(context.Context) error{j.askIndexes, j.askSearch, j.askHistory, j.askReferences, j.askGaps, j.askLinks} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// askIndexes reads the indexes of the kinds' tables: first the ids, by which row they stand
// in, then what the others hold of the rows that are missing.
func (j *job) askIndexes(ctx context.Context) error {
	rows := map[string]map[int64]*lost{}
	each := func(ids bool) error {
		for name, i := range j.src.program.indexes {
			if i.of.kind == nil || (len(i.columns) == 1 && i.columns[0] == "id") != ids {
				continue
			}
			for _, page := range j.src.trees[name].Pages {
				_, err := j.src.file.Rows(page, func(r carve.Row) error {
					if len(r.Values) != len(i.columns)+1 || r.Whole != len(r.Values) {
						return nil
					}
					row, ok := r.Values[len(i.columns)].(int64)
					if !ok {
						return nil
					}
					return j.askEntry(ctx, i, r, row, rows)
				})
				if err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := each(true); err != nil {
		return err
	}
	if len(rows) == 0 {
		return nil
	}
	return each(false)
}

func (j *job) askEntry(ctx context.Context, i index, r carve.Row, row int64, rows map[string]map[int64]*lost) error {
	kind := i.of.kind.Name
	if len(i.columns) == 1 && i.columns[0] == "id" {
		l, err := j.miss(ctx, kind, textAt(r, 0))
		if l != nil {
			if rows[kind] == nil {
				rows[kind] = map[int64]*lost{}
			}
			rows[kind][row] = l
		}
		return err
	}
	l := rows[kind][row]
	if l == nil {
		return nil
	}
	for n, name := range i.columns {
		switch v, ok := j.read(i.of, i.of.columns[i.of.column(name)], r.Values[n]); {
		case !ok || v == nil:
		case name == "org_id":
			l.org, _ = v.(string)
		case name != "id":
			l.fields[name] = v
		}
	}
	return nil
}

// askSearch reads what the records are found by: it names them too.
func (j *job) askSearch(ctx context.Context) error {
	t := j.src.program.byName["search"]
	kind, id, org, text := t.column("kind"), t.column("id"), t.column("org_id"), t.column("text")
	for _, p := range j.src.pages["search"] {
		_, err := j.src.file.Rows(p.page, func(r carve.Row) error {
			l, err := j.miss(ctx, textAt(r, p.layout.at(kind)), textAt(r, p.layout.at(id)))
			if l != nil {
				l.org = textAt(r, p.layout.at(org))
				l.name, _, _ = strings.Cut(textAt(r, p.layout.at(text)), "\n")
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// askHistory asks the history that has been put in.
func (j *job) askHistory(ctx context.Context) error {
	for _, k := range j.o.Store.Book.Kinds.Kinds() {
		ids, err := raw.TextsOnce(ctx, j.t, "SELECT DISTINCT id FROM history WHERE kind = ? AND NOT EXISTS (SELECT 1 FROM "+raw.Quote(k.Name)+" x WHERE x.id = history.id)", k.Name)
		if err != nil {
			return fmt.Errorf("history: %w", err)
		}
		for _, id := range ids {
			if _, err := j.miss(ctx, k.Name, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// askReferences asks what the rows refer to. Where the table that is referred to is whole,
// what is not in it was never there.
func (j *job) askReferences(ctx context.Context) error {
	for _, t := range j.src.program.tables {
		for _, ref := range t.refs {
			if !j.suspect(ref.target) {
				continue
			}
			ids, err := raw.TextsOnce(ctx, j.t, dangling("DISTINCT "+raw.Quote(ref.column), t, ref))
			if err != nil {
				return fmt.Errorf("references of %s: %w", t.name, err)
			}
			for _, id := range ids {
				if _, err := j.miss(ctx, ref.target, id); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// suspect tells whether rows of a table can have been lost.
func (j *job) suspect(name string) bool {
	tree, ok := j.src.trees[name]
	s := j.report.sums[name]
	return !ok || tree.Broken() || s != nil && s.Unread > 0
}

// dangling asks for the rows whose target is not there.
func dangling(what string, t *table, ref reference) string {
	return "SELECT " + what + " FROM " + raw.Quote(t.name) + " WHERE " + raw.Quote(ref.column) + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " +
		raw.Quote(ref.target) + " x WHERE x.id = " + raw.Quote(t.name) + "." + raw.Quote(ref.column) + ")"
}

// askGaps finds the lines that are missing of the tables that are only ever added to: they
// are numbered without a gap. What the history's index still tells of its own is named.
func (j *job) askGaps(ctx context.Context) error {
	named := map[int64]key{}
	if j.suspect("history") {
		i := j.src.program.indexes["history_record"]
		for _, page := range j.src.trees["history_record"].Pages {
			_, err := j.src.file.Rows(page, func(r carve.Row) error {
				seq, ok := r.Values[len(r.Values)-1].(int64)
				if !ok || len(r.Values) < len(i.columns) {
					return nil
				}
				n, err := raw.Number(ctx, j.t, "SELECT count(*) FROM history WHERE seq = ?", seq)
				if n == 0 && err == nil {
					named[seq] = key{textAt(r, 0), textAt(r, 1)}
				}
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	for _, t := range j.src.program.tables {
		if t.column("seq") != 0 || !t.columns[0].rowid || !j.suspect(t.name) {
			continue
		}
		if err := j.askNumbers(ctx, t, named); err != nil {
			return err
		}
	}
	return nil
}

func (j *job) askNumbers(ctx context.Context, t *table, named map[int64]key) error {
	gaps, err := raw.TextsOnce(ctx, j.t, "SELECT CAST(seq AS TEXT) || ' ' || CAST(seq - before AS TEXT) FROM (SELECT seq, lag(seq, 1, 0) OVER (ORDER BY seq) AS before FROM "+
		raw.Quote(t.name)+") WHERE seq - before > 1")
	if err != nil {
		return fmt.Errorf("numbers of %s: %w", t.name, err)
	}
	last, err := raw.NumberOnce(ctx, j.t, "SELECT coalesce(max(seq), 0) FROM "+raw.Quote(t.name))
	if err != nil {
		return err
	}
	past := map[key]int{}
	unnamed := 0
	count := func(seq int64) {
		j.report.sum(t).Lost++
		if k, ok := named[seq]; ok && t.name == "history" {
			past[k]++
		} else {
			unnamed++
		}
	}
	for _, g := range gaps {
		var seq, width int64
		if _, err := fmt.Sscan(g, &seq, &width); err != nil {
			return fmt.Errorf("numbers of %s: %w", t.name, err)
		}
		for n := seq - width + 1; n < seq; n++ {
			count(n)
		}
	}
	for seq := range named {
		if seq > last && t.name == "history" {
			count(seq)
		}
	}
	for k, n := range past {
		j.report.add(Item{Table: k.kind, Kind: j.titleOf(k.kind), ID: k.id, What: fmt.Sprintf("修改经过少 %d 次", n), past: true})
	}
	if unnamed > 0 {
		j.report.add(Item{Table: t.name, Kind: t.title, What: fmt.Sprintf("少 %d 条,只知道编号中间断了", unnamed)})
	}
	return nil
}

func (j *job) titleOf(kind string) string {
	if k := j.o.Store.Book.Kinds.Kind(kind); k != nil {
		return k.Title
	}
	return model.Clean(kind, false)
}

// askLinks reads the pairs that the index of a link table still holds where the table itself
// lacks them; a state that stood beside them is not in it.
func (j *job) askLinks(ctx context.Context) error {
	for _, t := range j.src.program.tables {
		if t.field == nil || !j.suspect(t.name) {
			continue
		}
		for _, page := range j.src.trees[t.name+"_target"].Pages {
			_, err := j.src.file.Rows(page, func(r carve.Row) error {
				target, record := textAt(r, 0), textAt(r, 1)
				if len(r.Values) != 2 || target == "" || record == "" {
					return nil
				}
				n, err := raw.Number(ctx, j.t, "SELECT count(*) FROM "+raw.Quote(t.name)+" WHERE record_id = ? AND target_id = ?", record, target)
				if err != nil || n > 0 {
					return err
				}
				k := key{t.holder.Name, record}
				if t.column("state") >= 0 { // the pair alone can't stand
					j.holes[k] = append(j.holes[k], t.field.Name)
					return nil
				}
				j.report.sum(t).FromIndex++
				return j.t.Exec(ctx, "INSERT INTO "+raw.Quote(t.name)+" (record_id, target_id) VALUES (?, ?)", record, target)
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
