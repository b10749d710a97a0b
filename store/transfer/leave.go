package transfer

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
)

// The kinds by which one comes and goes.
const (
	personKind = membership.PersonKind
	moveKind   = membership.MovementKind
	movedOut   = "转出"
	movedIn    = "转入"
)

// atHome are a person's fields that say how they stand at the organisation that is left.
var atHome = []string{"standing", "left_on", "home_org"}

// gathering fills a package.
type gathering struct {
	l      *store.Ledger
	env    *model.Env
	p      *Package
	no     map[string]string // an item's number by the record's id
	recs   []*model.Record   // by the items
	labels map[string]map[string]string
}

// Gather reads what is handed over of persons that have been transferred out: they and
// what belongs to them. *model.Error: E-NOHOME, E-TRANSFER-STAYS for one who has not left
// by a transfer, and what Ledger.Get gives.
func Gather(ctx context.Context, l *store.Ledger, persons []string) (*Package, error) {
	from, err := homeUnit(l)
	if err != nil {
		return nil, err
	}
	g := &gathering{l: l, env: l.Env(ctx), no: map[string]string{}, labels: map[string]map[string]string{},
		p: &Package{Mark: mark, Format: format, Program: "taizhang", Created: l.Source().Stamp(), From: from}}
	for _, id := range persons {
		if err := g.person(ctx, id); err != nil {
			return nil, err
		}
	}
	if len(g.p.Transfers) == 0 {
		return nil, model.Errorf("E-TRANSFER-NOBODY", "没有要移交的人")
	}
	for _, k := range l.Kinds().Travelling(personKind) {
		if err := g.belonging(k); err != nil {
			return nil, err
		}
	}
	for i, r := range g.recs {
		if err := g.write(ctx, &g.p.Records[i], r); err != nil {
			return nil, err
		}
	}
	return g.p, nil
}

func (g *gathering) add(r *model.Record) string {
	no := strconv.Itoa(len(g.recs) + 1)
	g.no[r.ID] = no
	g.recs = append(g.recs, r)
	g.p.Records = append(g.p.Records, Item{Kind: r.Kind.Name, No: no, Values: map[string]string{}})
	return no
}

func (g *gathering) person(ctx context.Context, id string) error {
	r, err := g.l.Get(ctx, personKind, id)
	if err != nil {
		return err
	}
	if home := g.l.Home(); r.OrgID != home.ID || r.DeletedAt != "" || g.no[r.ID] != "" {
		return model.Errorf("E-TRANSFER-STAYS", "“%s”不是本台账里的人,或者选了两次,不能移交", r.Text("name"))
	}
	out, err := lastOut(g.env, r)
	if err != nil {
		return err
	}
	if out == nil {
		return model.Errorf("E-TRANSFER-STAYS", "“%s”还没有办转出(现在是%s、%s),请先办理转出,再写移交包", r.Text("name"), r.Str("status"), r.Str("standing"))
	}
	g.p.Transfers = append(g.p.Transfers, Transfer{Person: g.add(r), Left: out.Date("happened_on"), To: out.Str("to_org"), ToCode: out.Str("to_code"),
		Whole: out.Bool("whole_unit"), LetterNo: out.Str("letter_no"), DuesPaidTo: out.Month("dues_paid_to"), ValidUntil: out.Date("valid_until")})
	return nil
}

// lastOut gives the transfer by which a person left, nil for one who has not.
func lastOut(env *model.Env, p *model.Record) (*model.Record, error) {
	if !p.Is("standing", movedOut) {
		return nil, nil
	}
	all, err := env.Look.Find(moveKind, model.Where("person", model.Eq, p.ID), model.Where("kind", model.Eq, movedOut))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return slices.MaxFunc(all, func(a, b *model.Record) int {
		return strings.Compare(a.Str("happened_on")+a.ID, b.Str("happened_on")+b.ID)
	}), nil
}

// belonging adds the records of a kind that belong to those that are in the package.
func (g *gathering) belonging(k *model.Kind) error {
	t := k.Travels
	target := k.MustField(t.Field).Target
	for _, of := range slices.Clone(g.recs) {
		if of.Kind.Name != target {
			continue
		}
		all, err := g.env.Look.Find(k.Name, model.Where(t.Field, model.Eq, of.ID))
		if err != nil {
			return fmt.Errorf("transfer: %w", err)
		}
		slices.SortFunc(all, func(a, b *model.Record) int { return strings.Compare(a.Day()+a.ID, b.Day()+b.ID) })
		for _, r := range all {
			if t.Which == nil || t.Which(r) {
				g.add(r)
			}
		}
	}
	return nil
}

// write puts a record's values into its item; what refers to something that stays at home
// is left empty and named.
func (g *gathering) write(ctx context.Context, it *Item, r *model.Record) error {
	for _, f := range r.Kind.Fields() {
		v := r.Get(f.Name)
		if v == nil || r.Kind.Name == personKind && slices.Contains(atHome, f.Name) {
			continue
		}
		switch {
		case f.Target == "":
			if text := f.Type.CSV(f, v); text != "" {
				it.Values[f.Name] = text
			}
		case f.Type == model.TypeRef:
			if no := g.no[r.Str(f.Name)]; no != "" {
				it.Values[f.Name] = no
			} else if err := g.emptied(ctx, it, f, []string{r.Str(f.Name)}); err != nil {
				return err
			}
		case f.Type == model.TypeRefs:
			var in, out []string
			for _, id := range r.List(f.Name) {
				if no := g.no[id]; no != "" {
					in = append(in, no)
				} else {
					out = append(out, id)
				}
			}
			if len(in) > 0 {
				if it.Links == nil {
					it.Links = map[string][]string{}
				}
				it.Links[f.Name] = in
			}
			if err := g.emptied(ctx, it, f, out); err != nil {
				return err
			}
		}
	}
	return nil
}

// emptied names what a field refers to that stays at home.
func (g *gathering) emptied(ctx context.Context, it *Item, f *model.Field, ids []string) error {
	var names []string
	for _, id := range ids {
		if id == "" {
			continue
		}
		known := g.labels[f.Target]
		if known == nil {
			known = map[string]string{}
			g.labels[f.Target] = known
		}
		if _, ok := known[id]; !ok {
			labels, err := g.l.Labels(ctx, f.Target, []string{id})
			if err != nil {
				return err
			}
			known[id] = labels[id]
		}
		names = append(names, known[id])
	}
	if len(names) > 0 {
		g.p.Emptied = append(g.p.Emptied, Emptied{it.No, f.Name, strings.Join(names, "、")})
	}
	return nil
}

// Ends gives the records of persons transferred out that are still open at home, ended by
// the transfer: an admission that goes on where they have gone, an office that they hold
// no more. They are to be saved.
func Ends(ctx context.Context, l *store.Ledger, persons []string) ([]*model.Record, error) {
	env := l.Env(ctx)
	var all []*model.Record
	for _, id := range persons {
		p, err := l.Get(ctx, personKind, id)
		if err != nil {
			return nil, err
		}
		out, err := lastOut(env, p)
		if err != nil {
			return nil, err
		}
		if out == nil {
			continue
		}
		for _, k := range l.Kinds().Travelling(personKind) {
			if k.Travels.End == nil {
				continue
			}
			found, err := env.Look.Find(k.Name, model.Where(k.Travels.Field, model.Eq, id))
			if err != nil {
				return nil, fmt.Errorf("transfer: %w", err)
			}
			for _, r := range found {
				r = r.Clone()
				if k.Travels.End(r, out.Date("happened_on")) {
					all = append(all, r)
				}
			}
		}
	}
	return all, nil
}

// Summary counts what a package holds, by kind: 人员 1、党费 24.
func (p *Package) Summary(c *model.Catalog) string {
	n := map[string]int{}
	for _, it := range p.Records {
		n[it.Kind]++
	}
	parts := []string{fmt.Sprintf("%d 人", n[personKind])}
	for _, k := range c.Travelling(personKind) {
		if n[k.Name] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 条", k.Title, n[k.Name]))
		}
	}
	return strings.Join(parts, "、")
}
