package repair

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// atOnce is how many records are looked at together.
const atOnce = 200

// restoreLost makes the records anew that could not be read: from a whole history, else from
// the backup if the person wishes, else as much as anything tells where others refer to them.
func (j *job) restoreLost(ctx context.Context) error {
	org := j.o.Store.Book.Org.Kind
	model.Sort(j.order, func(a, b key) int { return model.OneIf(a.kind != org) - model.OneIf(b.kind != org) })
	for len(j.order) > 0 { // what is made anew may refer to others
		order := j.order
		j.order = nil
		for _, k := range order {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := j.restore(ctx, k); err != nil {
				return err
			}
		}
		if err := j.askReferences(ctx); err != nil {
			return err
		}
	}
	return j.settleHome(ctx)
}

func (j *job) restore(ctx context.Context, k key) error {
	kind, l := j.o.Store.Book.Kinds.Kind(k.kind), j.lost[k]
	sum := j.report.sum(j.src.program.byName[k.kind])
	it := Item{Table: k.kind, Kind: kind.Title, ID: k.id, Name: l.name, What: "整条"}
	found, err := j.pastOf(ctx, k.kind, []string{k.id})
	if err != nil {
		return err
	}
	p, org := found[k.id], l.org
	if org == "" {
		org = j.homeOr(k)
	}
	held, day, err := j.backups.get(ctx, k)
	if err != nil {
		return err
	}
	it.Held = day
	var r *model.Record
	switch {
	case p != nil && p.whole:
		r, it.From = p.record(kind, k.id, org), "修改经过"
		sum.FromHistory++
	case held != nil && j.o.Fill:
		r, it.From = held, "备份 "+day
		sum.FromBackup++
	default:
		return j.restorePart(ctx, k, p, org, it)
	}
	j.report.add(it)
	return j.put(ctx, r, true)
}

// homeOr gives the organisation of a record of which nothing tells whose it is.
func (j *job) homeOr(k key) string {
	if k.kind == j.o.Store.Book.Org.Kind && j.home == "" {
		return k.id
	}
	return j.home
}

// restorePart keeps what is known of a record that can't be made whole, if others refer to
// it or anything but its id is known.
func (j *job) restorePart(ctx context.Context, k key, p *past, org string, it Item) error {
	kind, l := j.o.Store.Book.Kinds.Kind(k.kind), j.lost[k]
	sum := j.report.sum(j.src.program.byName[k.kind])
	r := model.NewRecord(kind)
	r.ID, r.OrgID, r.CreatedAt, r.UpdatedAt, r.Rev = k.id, org, j.t.Stamp(), j.t.Stamp(), 1
	if p != nil {
		r = p.record(kind, k.id, org)
	}
	for name, v := range l.fields {
		if f := kind.Field(name); f != nil && !r.Filled(name) {
			if value, err := f.Type.Decode(v); err == nil {
				r.Set(name, value)
			}
		}
	}
	named := slices.ContainsFunc(kind.Label, func(name string) bool { f := kind.Field(name); return f != nil && r.Filled(name) })
	if first := kind.Field(kind.Label[0]); !named && first.Type == model.TypeText {
		text := l.name
		if text == "" {
			text = "读不出 " + short(k.id)
		}
		r.Set(first.Name, text)
	}
	known := 0
	for _, f := range kind.Fields() {
		known += model.OneIf(r.Filled(f.Name) && f.Target == "")
	}
	needed, err := j.referred(ctx, k)
	if err != nil {
		return err
	}
	if org == "" || known == 0 && !needed {
		sum.Lost++
		j.report.add(it)
		return nil
	}
	sum.Part++
	it.What, it.From = "大部分内容", "只留下知道的几项"
	if p != nil {
		it.What, it.From = "修改经过不全,有的项可能不是最新的", "修改经过"
	}
	j.report.add(it)
	return j.put(ctx, r, false)
}

// referred tells whether a record is referred to.
func (j *job) referred(ctx context.Context, k key) (bool, error) {
	for _, t := range j.src.program.tables {
		for _, ref := range t.refs {
			if ref.target != k.kind {
				continue
			}
			n, err := raw.Number(ctx, j.t, "SELECT EXISTS (SELECT 1 FROM "+raw.Quote(t.name)+" WHERE "+raw.Quote(ref.column)+" = ?)", k.id)
			if err != nil || n > 0 {
				return n > 0, err
			}
		}
	}
	return false, nil
}

// put writes a record that was made anew. Of a whole one the pairs of its link tables go
// with it; of a part those stay that were read.
func (j *job) put(ctx context.Context, r *model.Record, whole bool) error {
	for _, f := range r.Kind.Fields() {
		if !f.Linked() {
			continue
		}
		if !whole {
			r.Set(f.Name, nil)
			continue
		}
		if err := j.t.Exec(ctx, "DELETE FROM "+raw.Quote(raw.LinkTable(r.Kind, f))+" WHERE record_id = ?", r.ID); err != nil {
			return err
		}
	}
	err := j.t.InsertRows(ctx, []store.Replaced{{Now: r}})
	if known := (*model.Error)(nil); errors.As(err, &known) && known.Code == "E-UNIQUE" {
		j.report.note("%s(%s)与另一条重复,两条都留下了;请核对后删去一条", r.Kind.Title, short(r.ID))
		if err := j.dropUnique(ctx, j.src.program.byName[r.Kind.Name]); err != nil {
			return err
		}
		return j.t.InsertRows(ctx, []store.Replaced{{Now: r}})
	}
	return err
}

// settleHome makes sure that the ledger is somebody's. *model.Error E-NOTHING.
func (j *job) settleHome(ctx context.Context) error {
	org := j.o.Store.Book.Org.Kind
	if j.home != "" {
		if there, err := j.exists(ctx, org, j.home); err != nil || there {
			return err
		}
	}
	ids, err := raw.TextsOnce(ctx, j.t, `SELECT o.id FROM `+raw.Quote(org)+` o LEFT JOIN (SELECT id, count(*) AS n FROM history WHERE kind = ? GROUP BY id) h ON h.id = o.id
		ORDER BY coalesce(h.n, 0) DESC, o.created_at, o.id LIMIT 1`, org)
	if err != nil {
		return fmt.Errorf("organisation: %w", err)
	}
	if len(ids) == 0 {
		return model.Errorf("E-NOTHING", "在这个文件里没有找到任何党组织的记录,修复不了;请从备份恢复")
	}
	if j.home != ids[0] {
		j.report.note("“本组织”这一设置读不出,按记录定为“%s”", short(ids[0]))
	}
	j.home = ids[0]
	for _, k := range j.o.Store.Book.Kinds.Kinds() {
		if err := j.t.Exec(ctx, "UPDATE "+raw.Quote(k.Name)+" SET org_id = ? WHERE org_id = ''", j.home); err != nil {
			return err
		}
	}
	return j.t.SetSetting(ctx, "home", j.home)
}

// fillHoles fills single fields that could not be read: from the history, or from the backup.
func (j *job) fillHoles(ctx context.Context) error {
	for k, names := range j.holes {
		slices.Sort(names)
		if err := j.fillHole(ctx, k, slices.Compact(names)); err != nil {
			return err
		}
	}
	return nil
}

func (j *job) fillHole(ctx context.Context, k key, names []string) error {
	kind, t := j.o.Store.Book.Kinds.Kind(k.kind), j.src.program.byName[k.kind]
	if there, err := j.exists(ctx, k.kind, k.id); err != nil || !there {
		return err
	}
	found, err := j.pastOf(ctx, k.kind, []string{k.id})
	if err != nil {
		return err
	}
	held, day, err := j.backups.get(ctx, k)
	if err != nil {
		return err
	}
	p := found[k.id]
	var mended, filled, lost []string
	for _, name := range names {
		f := kind.Field(name)
		v, told := any(nil), false
		switch {
		case f == nil:
			v, told = metaOf(p, name)
		case p != nil:
			var text *string
			if text, told = p.values[name]; told && text != nil {
				if v, err = f.Type.ParseCSV(f, *text); err != nil {
					told = false
				}
			}
			told = told || p.whole // a field that the history never names was empty
		}
		switch {
		case told:
			mended = append(mended, labelOf(t, name))
		case held != nil && j.o.Fill && f != nil:
			v = held.Get(name)
			filled = append(filled, labelOf(t, name))
		default:
			lost = append(lost, labelOf(t, name))
			continue
		}
		if err := j.setField(ctx, k, f, name, v); err != nil {
			return err
		}
	}
	sum := j.report.sum(t)
	for _, part := range []struct {
		labels []string
		from   string
		count  *int
	}{{mended, "修改经过", &sum.Mended}, {filled, "备份 " + day, &sum.Mended}, {lost, "", &sum.Part}} {
		if len(part.labels) > 0 {
			*part.count++
			j.report.add(Item{Table: k.kind, Kind: kind.Title, ID: k.id, What: "其中:" + strings.Join(part.labels, "、"), From: part.from, Held: day})
		}
	}
	return nil
}

// metaOf gives what a history tells of a record's own columns.
func metaOf(p *past, name string) (v any, told bool) {
	if p == nil {
		return nil, false
	}
	switch name {
	case "created_at":
		return p.created, p.whole
	case "updated_at":
		return p.updated, true
	case "rev":
		return p.rev, true
	case "deleted_at":
		if p.deleted == "" {
			return nil, true
		}
		return p.deleted, true
	}
	return nil, false
}

// setField writes one field of a record as it stands in the table.
func (j *job) setField(ctx context.Context, k key, f *model.Field, name string, v any) error {
	if f != nil && f.Linked() {
		table := raw.Quote(raw.LinkTable(j.o.Store.Book.Kinds.Kind(k.kind), f))
		if err := j.t.Exec(ctx, "DELETE FROM "+table+" WHERE record_id = ?", k.id); err != nil {
			return err
		}
		switch list := v.(type) {
		case []model.Mark:
			for _, m := range list {
				if err := j.t.Exec(ctx, "INSERT OR IGNORE INTO "+table+" (record_id, target_id, state) VALUES (?, ?, ?)", k.id, m.Target, m.State); err != nil {
					return err
				}
			}
		case []string:
			for _, id := range list {
				if err := j.t.Exec(ctx, "INSERT OR IGNORE INTO "+table+" (record_id, target_id) VALUES (?, ?)", k.id, id); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if f != nil && v != nil {
		v = f.Type.Encode(v)
	}
	if v == nil && f != nil && f.Type == model.TypeBool {
		v = int64(0)
	}
	err := j.t.Exec(ctx, "UPDATE "+raw.Quote(k.kind)+" SET "+raw.Quote(name)+" = ? WHERE id = ?", v, k.id)
	if err != nil && strings.Contains(err.Error(), "UNIQUE") {
		if err := j.dropUnique(ctx, j.src.program.byName[k.kind]); err != nil {
			return err
		}
		err = j.t.Exec(ctx, "UPDATE "+raw.Quote(k.kind)+" SET "+raw.Quote(name)+" = ? WHERE id = ?", v, k.id)
	}
	return err
}

// compareHistory holds every record against its history: what the file's rows don't hold at
// all is taken from it, and where both say something else that is named. A byte that was
// changed into another character shows in nothing else.
func (j *job) compareHistory(ctx context.Context) error {
	for _, k := range j.o.Store.Book.Kinds.Kinds() {
		for after := ""; ; {
			ids, err := raw.TextsOnce(ctx, j.t, "SELECT id FROM "+raw.Quote(k.Name)+" WHERE id > ? ORDER BY id LIMIT ?", after, atOnce)
			if err != nil || len(ids) == 0 {
				if err != nil {
					return err
				}
				break
			}
			after = ids[len(ids)-1]
			if err := j.compareSome(ctx, k, ids); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

func (j *job) compareSome(ctx context.Context, k *model.Kind, ids []string) error {
	pasts, err := j.pastOf(ctx, k.Name, ids)
	if err != nil || len(pasts) == 0 {
		return err
	}
	recs, err := j.t.RowsBy(ctx, k, ids)
	if err != nil {
		return err
	}
	for _, r := range recs {
		p := pasts[r.ID]
		if p == nil || !p.whole && len(j.lacking[k.Name]) == 0 || p.whole && p.rev != r.Rev {
			continue
		}
		if err := j.compare(ctx, k, r, p); err != nil {
			return err
		}
	}
	return nil
}

func (j *job) compare(ctx context.Context, k *model.Kind, r *model.Record, p *past) error {
	at := key{k.Name, r.ID}
	var mended, other []string
	then := p.record(k, r.ID, r.OrgID)
	for _, f := range k.Fields() {
		broken := j.lacking[k.Name][f.Name] || f.Linked() && j.suspect(raw.LinkTable(k, f))
		_, told := p.values[f.Name]
		if f.Equal(r.Get(f.Name), then.Get(f.Name)) || !p.whole && (!told || !broken) || slices.Contains(j.holes[at], f.Name) {
			continue
		}
		if !broken {
			other = append(other, f.Label)
			continue
		}
		mended = append(mended, f.Label)
		if err := j.setField(ctx, at, f, f.Name, then.Get(f.Name)); err != nil {
			return err
		}
	}
	sum := j.report.sum(j.src.program.byName[k.Name])
	if len(mended) > 0 {
		sum.Mended++
		j.report.add(Item{Table: k.Name, Kind: k.Title, ID: r.ID, What: "其中:" + strings.Join(mended, "、"), From: "修改经过"})
	}
	if len(other) > 0 {
		sum.Doubtful++
		j.report.add(Item{Table: k.Name, Kind: k.Title, ID: r.ID, What: "与修改经过不一样,照表里的留着:" + strings.Join(other, "、"), From: "台账", Doubtful: true})
	}
	return nil
}
