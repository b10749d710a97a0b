package county

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/send"
)

// Loss is how a bundle of another line differs from what the county has of the unit: what
// would be lost by taking it in.
type Loss struct {
	Kinds []KindLoss `json:"kinds"` // in the order of the catalog, those that differ
	// Unexplained is what 待核实 would ask about.
	Unexplained *send.Lost `json:"unexplained,omitempty"`
}

// KindLoss is the difference in one kind. Names are those of the records that go, fall
// back or are only in the bundle, at most maxNames of each.
type KindLoss struct {
	Kind  string `json:"kind"`
	Gone  int    `json:"gone"`  // the county has them, the bundle has not
	Older int    `json:"older"` // the county has what was written down later
	Newer int    `json:"newer"` // the bundle has
	Added int    `json:"added"` // the bundle has them, the county has not

	GoneNames  []string `json:"gone_names,omitempty"`
	OlderNames []string `json:"older_names,omitempty"`
	AddedNames []string `json:"added_names,omitempty"`
}

// maxNames bounds the names of a kind: of persons there are as many as a village has.
const maxNames = 60

// None tells that nothing the county has would be lost.
func (l *Loss) None() bool {
	return l == nil || !slices.ContainsFunc(l.Kinds, func(k KindLoss) bool { return k.Gone+k.Older > 0 })
}

// Lines tell kind by kind what would be lost, with names, a line each; the persons first.
func (l *Loss) Lines(kinds *model.Catalog) []string {
	if l == nil {
		return nil
	}
	var lines []string
	for _, persons := range []bool{true, false} {
		for _, k := range l.Kinds {
			if (k.Kind == membership.PersonKind) == persons {
				lines = append(lines, k.Text(kinds))
			}
		}
	}
	return lines
}

// Text says it of one kind: 人员:少 2 条(张三、李四);1 条退回以前的(王五);多 1 条.
func (k KindLoss) Text(kinds *model.Catalog) string {
	title := k.Kind
	if known := kinds.Kind(k.Kind); known != nil {
		title = known.Title
	}
	var parts []string
	add := func(n int, text string, names []string) {
		if n == 0 {
			return
		}
		text = fmt.Sprintf(text, n)
		if len(names) > 0 {
			text += "(" + strings.Join(names, "、")
			if n > len(names) {
				text += " 等"
			}
			text += ")"
		}
		parts = append(parts, text)
	}
	add(k.Gone, "少 %d 条", k.GoneNames)
	add(k.Older, "%d 条退回以前的", k.OlderNames)
	add(k.Newer, "%d 条是这个包里的新", nil)
	add(k.Added, "多 %d 条", k.AddedNames)
	return title + ":" + strings.Join(parts, ";")
}

// covers tells that what a bundle would take away was shown before.
func (l *Loss) covers(lost *send.Lost) bool {
	if l == nil || l.Unexplained == nil {
		return false
	}
	shown := map[string]bool{}
	for _, p := range l.Unexplained.Persons {
		shown[p.ID] = true
	}
	for _, p := range lost.Persons {
		if !shown[p.ID] {
			return false
		}
	}
	for _, k := range lost.Kinds {
		if !slices.ContainsFunc(l.Kinds, func(x KindLoss) bool { return x.Kind == k.Kind && x.Gone >= k.Gone }) {
			return false
		}
	}
	return true
}

// loss compares the bundle with what the county has of the unit.
func (r *reception) loss(ctx context.Context, rows *bundleRows) (*Loss, error) {
	out := &Loss{Kinds: []KindLoss{}}
	held := map[string]map[string]*model.Record{}
	err := inside(r.l).Moment(ctx, func(s store.Snapshot) error {
		for _, k := range r.l.Kinds().Kinds() {
			all, err := s.RowsOf(ctx, k, r.known.OrgID)
			if err != nil {
				return err
			}
			held[k.Name] = make(map[string]*model.Record, len(all))
			for _, rec := range all {
				held[k.Name][rec.ID] = rec
			}
		}
		return nil
	})
	if err != nil {
		return nil, inside(r.l).Explain(err)
	}
	for _, k := range r.l.Kinds().Kinds() {
		if d := lossOf(k, held, rows.byID); d.Gone+d.Older+d.Newer+d.Added > 0 {
			out.Kinds = append(out.Kinds, d)
		}
	}
	out.Unexplained, err = r.missing(ctx, rows)
	return out, err
}

func lossOf(k *model.Kind, allHeld, allNow map[string]map[string]*model.Record) KindLoss {
	d := KindLoss{Kind: k.Name}
	name := func(list *[]string, r *model.Record, all map[string]map[string]*model.Record) {
		if text := calledBy(r, all, 0); len(*list) < maxNames && text != "" {
			*list = append(*list, text)
		}
	}
	held, now := allHeld[k.Name], allNow[k.Name]
	for _, id := range sortedIDs(held) {
		old, rec := held[id], now[id]
		was, is := old.DeletedAt == "", rec != nil && rec.DeletedAt == ""
		switch {
		case was && !is:
			d.Gone++
			name(&d.GoneNames, old, allHeld)
		case !was && is:
			d.Added++
			name(&d.AddedNames, rec, allNow)
		case !was || sameRow(old, rec):
		case old.UpdatedAt > rec.UpdatedAt, old.UpdatedAt == rec.UpdatedAt && old.Rev > rec.Rev:
			d.Older++
			name(&d.OlderNames, old, allHeld)
		default:
			d.Newer++
		}
	}
	for _, id := range sortedIDs(now) {
		if rec := now[id]; held[id] == nil && rec.DeletedAt == "" {
			d.Added++
			name(&d.AddedNames, rec, allNow)
		}
	}
	return d
}

func sortedIDs(all map[string]*model.Record) []string {
	ids := make([]string, 0, len(all))
	for id := range all {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// calledBy is what a record is called, as far as its own unit's records tell.
func calledBy(r *model.Record, all map[string]map[string]*model.Record, depth int) string {
	var parts []string
	for _, field := range r.Kind.Label {
		f := r.Kind.Field(field)
		text := ""
		switch {
		case f == nil || f.Linked():
		case f.Target == "":
			text = r.Text(field)
		case depth < 2 && all[f.Target][r.Str(field)] != nil:
			text = calledBy(all[f.Target][r.Str(field)], all, depth+1)
		}
		if text = model.Clean(text, false); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ")
}
