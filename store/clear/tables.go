package clear

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/store/internal/raw"
)

// drafts drops the half-filled forms of those who are cleared.
func (s *sweeping) drafts(ctx context.Context) error {
	for r := range s.going {
		if err := s.t.Exec(ctx, "DELETE FROM draft WHERE kind = ? AND record_id = ?", r.kind, r.id); err != nil {
			return fmt.Errorf("drafts: %w", err)
		}
	}
	return nil
}

// kept are the tables that are cleared by what they mean, not text by text, and those of
// which no text is anybody's.
var kept = []string{"history", "cleared"}

// tables clears the texts of all tables beside the kinds: what lists, receipts, drafts and
// saved views say. A blob is not looked into: what is in one is encrypted to the county, a
// document from above, or lists of names.
func (s *sweeping) tables(ctx context.Context) error {
	names, err := raw.TextsOnce(ctx, s.t, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'")
	if err != nil {
		return fmt.Errorf("clear: %w", err)
	}
	for _, name := range names {
		if slices.Contains(kept, name) || s.l.Kinds().Kind(name) != nil {
			continue
		}
		if err := s.table(ctx, name); err != nil {
			return fmt.Errorf("clear %s: %w", name, err)
		}
	}
	return nil
}

func (s *sweeping) table(ctx context.Context, name string) error {
	keys, err := raw.TextsOnce(ctx, s.t, "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", name)
	if err != nil {
		return err
	}
	texts, err := raw.TextsOnce(ctx, s.t, "SELECT name FROM pragma_table_info(?) WHERE pk = 0 AND type = 'TEXT'", name)
	if err != nil || len(keys) == 0 || len(texts) == 0 {
		return err
	}
	var columns, where []string
	for _, c := range texts {
		columns = append(columns, "coalesce("+raw.Quote(c)+", '')")
	}
	for _, c := range keys {
		columns, where = append(columns, raw.Quote(c)), append(where, raw.Quote(c)+" = ?")
	}
	type row struct {
		texts []string
		key   []any
	}
	var dirty []row
	rows, err := s.t.Once(ctx, "SELECT "+strings.Join(columns, ", ")+" FROM "+raw.Quote(name))
	if err != nil {
		return err
	}
	err = raw.Each(rows, func(scan func(...any) error) error {
		r := row{make([]string, len(texts)), make([]any, len(keys))}
		into := make([]any, 0, len(columns))
		for i := range r.texts {
			into = append(into, &r.texts[i])
		}
		for i := range r.key {
			into = append(into, &r.key[i])
		}
		if err := scan(into...); err != nil {
			return err
		}
		if slices.ContainsFunc(r.texts, s.found.holds) {
			dirty = append(dirty, r)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, r := range dirty {
		for i, text := range r.texts {
			clean, was := s.found.clean(text)
			if !was {
				continue
			}
			args := append([]any{clean}, r.key...)
			if err := s.t.Exec(ctx, "UPDATE "+raw.Quote(name)+" SET "+raw.Quote(texts[i])+" = ? WHERE "+strings.Join(where, " AND "), args...); err != nil {
				return err
			}
		}
	}
	return nil
}
