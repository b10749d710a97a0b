// Package dossier keeps the checklist of an admission's file: which of the thirteen
// materials are there, who has them, where they lie, and when they went into the box. It
// stands in a table beside the kinds and stays at home: no bundle carries it.
package dossier

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Material is what is known of one material of a file.
type Material struct {
	No      int // 1 to 13, as the list of materials numbers them
	Held    bool
	Keeper  string     // who has it
	Place   string     // where it lies
	BoxedOn model.Date // 归档装盒; "" for not yet
	Seq     int64      // grows with every writing down
	At, By  string     // when this was written down (YYYY-MM-DDThh:mm:ssZ), and by whom
}

// same tells whether two say the same of a material.
func (m Material) same(o Material) bool {
	return m.Held == o.Held && m.Keeper == o.Keeper && m.Place == o.Place && m.BoxedOn == o.BoxedOn
}

// Read gives the materials of an admission's file as they stand, by number; one of which
// nothing was ever said is missing.
func Read(ctx context.Context, l *store.Ledger, admission string) (map[int]Material, error) {
	inside := l.Inside(raw.Pass{})
	found, err := now(ctx, inside.Readers(), admission)
	return found, inside.Explain(err)
}

func now(ctx context.Context, q raw.Querier, admission string) (map[int]Material, error) {
	past, err := rows(ctx, q, admission)
	if err != nil {
		return nil, err
	}
	found := map[int]Material{}
	for _, m := range past {
		found[m.No] = m
	}
	return found, nil
}

// Past gives what was written down of one material over time, the newest first.
func Past(ctx context.Context, l *store.Ledger, admission string, no int) ([]Material, error) {
	inside := l.Inside(raw.Pass{})
	all, err := rows(ctx, inside.Readers(), admission)
	all = slices.DeleteFunc(all, func(m Material) bool { return m.No != no })
	slices.Reverse(all)
	return all, inside.Explain(err)
}

// Put writes down how some materials stand, in one act that one undo takes back; what
// says it in Chinese. What is written already is left alone. *model.Error: E-READONLY,
// E-MATERIAL for a material that is in the box but not there.
func Put(ctx context.Context, l *store.Ledger, admission, what string, materials ...Material) error {
	for _, m := range materials {
		switch {
		case m.BoxedOn != "" && !m.Held:
			return model.Errorf("E-MATERIAL", "还缺着的材料不能装盒,请先记上“有”")
		case m.BoxedOn != "" && !m.BoxedOn.Valid():
			return model.Errorf("E-MATERIAL", "装盒日期要写成 2026-07-01 这样")
		}
	}
	stands, err := Read(ctx, l, admission)
	if err != nil {
		return err
	}
	news := func(m Material) bool { return !stands[m.No].same(m) }
	if !slices.ContainsFunc(materials, news) {
		return nil
	}
	inside := l.Inside(raw.Pass{})
	var before []Material
	write := func(ctx context.Context, t *store.Tx) error {
		stands, err := now(ctx, t, admission)
		if err != nil {
			return err
		}
		before = nil
		for _, m := range materials {
			was := stands[m.No]
			was.No = m.No
			if was.same(m) {
				continue
			}
			before = append(before, was)
			if err := add(ctx, t, inside.By(), admission, m); err != nil {
				return err
			}
		}
		return nil
	}
	return inside.WriteBeside(ctx, what, write, func(ctx context.Context, t *store.Tx) error {
		for _, m := range before {
			if err := add(ctx, t, inside.By(), admission, m); err != nil {
				return err
			}
		}
		return nil
	})
}

func add(ctx context.Context, t *store.Tx, by, admission string, m Material) error {
	held, boxed := 0, any(nil)
	if m.Held {
		held = 1
	}
	if m.BoxedOn != "" {
		boxed = string(m.BoxedOn)
	}
	err := t.Exec(ctx, `INSERT INTO admission_material (admission_id, material, held, keeper, place, boxed_on, at, "by") VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		admission, m.No, held, model.Clean(m.Keeper, false), model.Clean(m.Place, false), boxed, t.Stamp(), by)
	if err != nil {
		return fmt.Errorf("material %d: %w", m.No, err)
	}
	return nil
}

// rows reads all that was ever written down of an admission's materials, oldest first.
func rows(ctx context.Context, q raw.Querier, admission string) ([]Material, error) {
	found, err := q.Query(ctx, `SELECT seq, material, held, keeper, place, coalesce(boxed_on, ''), at, "by" FROM admission_material WHERE admission_id = ? ORDER BY seq`, admission)
	if err != nil {
		return nil, fmt.Errorf("materials: %w", err)
	}
	return scan(found)
}

func scan(found *sql.Rows) ([]Material, error) {
	defer found.Close()
	var all []Material
	for found.Next() {
		var m Material
		if err := found.Scan(&m.Seq, &m.No, &m.Held, &m.Keeper, &m.Place, &m.BoxedOn, &m.At, &m.By); err != nil {
			return nil, fmt.Errorf("materials: %w", err)
		}
		all = append(all, m)
	}
	if err := found.Err(); err != nil {
		return nil, fmt.Errorf("materials: %w", err)
	}
	return all, nil
}
