//go:build unix && !386 && !arm

package breaking_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
	"taizhang/store/sheet"
)

// sittings makes every sitting's ids its own.
var sittings uint64

func source() *model.Source {
	sittings++
	return &model.Source{Now: storetest.Clock(0).Now, Rand: &storetest.Dice{State: sittings << 20}}
}

// openVillage opens a small ledger of the made-up catalog.
func openVillage(dir string) (*store.Ledger, error) {
	return storetest.Open(ctx, filepath.Join(dir, "ledger.db"), store.Options{Source: source(), By: "测试"})
}

// beginVillage makes one with villagers.
func beginVillage(t *testing.T, dir string) {
	t.Helper()
	l, err := storetest.Make(ctx, filepath.Join(dir, "ledger.db"), storetest.Village, store.Options{Source: storetest.Clock(1), By: "测试"})
	storetest.Must(t, err)
	for n := range 4 {
		storetest.Save(t, l, storetest.Villager(t, l, n))
	}
	storetest.Must(t, l.Close())
}

func lookVillage(dir string) (string, error) { return atRest(openVillage, dir, nil) }

// TestSave: one record, a change of it, and several in one act with what refers to them.
func TestSave(t *testing.T) {
	save := func(n int) func(*sitting) error {
		return func(s *sitting) error {
			_, err := s.l.Save(ctx, model.FromForm, storetest.Villager(t, s.l, n))
			return err
		}
	}
	(&operation{name: "save", begin: beginVillage, open: openVillage, look: lookVillage, steps: []func(*sitting) error{
		save(10),
		func(s *sitting) error {
			p, err := s.l.Page(ctx, store.Query{Kind: "villager"})
			if err != nil {
				return err
			}
			p.Records[0].Set("address", "石桥村新区")
			_, err = s.l.Save(ctx, model.FromForm, p.Records[0])
			return err
		},
		func(s *sitting) error {
			var all []*model.Record
			for n := range 5 {
				v := storetest.Villager(t, s.l, 20+n)
				var err error
				if v.ID, err = s.l.Source().NewID(); err != nil {
					return err
				}
				all = append(all, v, storetest.Record(t, s.l, "craft", "villager", v.ID, "technique", "养蜂"))
			}
			_, err := s.l.Save(ctx, model.FromForm, all...)
			return err
		},
		save(40),
	}}).breakIt(t)
}

// TestSaveMuch saves so much at once that the log is merged into the file behind it.
func TestSaveMuch(t *testing.T) {
	(&operation{name: "save much", few: 5, most: 60, begin: beginVillage, open: openVillage, look: lookVillage, steps: []func(*sitting) error{
		func(s *sitting) error {
			var all []*model.Record
			for n := range 28 {
				all = append(all, storetest.Record(t, s.l, "thing", "title", fmt.Sprint("账本", n), "remark", strings.Repeat("石桥村农具账。", 2800)))
			}
			_, err := s.l.Save(ctx, model.FromForm, all...)
			return err
		},
		func(s *sitting) error {
			_, err := s.l.Save(ctx, model.FromForm, storetest.Villager(t, s.l, 10))
			return err
		},
	}}).breakIt(t)
}

// TestCreate makes a ledger in a folder that is not there yet.
func TestCreate(t *testing.T) {
	open := func(dir string) (*store.Ledger, error) { return openVillage(filepath.Join(dir, "台账")) }
	look := func(dir string) (string, error) {
		if _, err := os.Stat(filepath.Join(dir, "台账", "ledger.db")); err != nil {
			return "none", nil
		}
		return atRest(open, dir, nil)
	}
	(&operation{name: "create", begin: func(*testing.T, string) {}, look: look, steps: []func(*sitting) error{
		func(s *sitting) error {
			var err error
			s.l, err = storetest.Make(ctx, s.path("台账", "ledger.db"), storetest.Village, store.Options{Source: source(), By: "测试"})
			return err
		},
	}}).breakIt(t)
}

// TestUndo takes back a change of several records, then a new one, then a deletion.
func TestUndo(t *testing.T) {
	undo := func(s *sitting) error {
		_, err := s.l.Undo(ctx)
		return err
	}
	(&operation{name: "undo", sameSitting: true, begin: beginVillage, look: lookVillage, open: openVillage, steps: []func(*sitting) error{
		func(s *sitting) error {
			p, err := s.l.Page(ctx, store.Query{Kind: "villager"})
			if err != nil {
				return err
			}
			for _, r := range p.Records {
				r.Set("address", "石桥村新区")
			}
			_, err = s.l.Save(ctx, model.FromForm, p.Records...)
			return err
		},
		undo,
	}}).breakIt(t)
}

// TestImport reads a sheet in, of which a row is refused, and writes that row out.
func TestImport(t *testing.T) {
	begin := func(t *testing.T, dir string) {
		beginVillage(t, dir)
		text := "姓名,性别,出生,电话\n"
		for _, row := range []string{"张三,男,1970-01-01,10000000101", "李四,女,1971-02-02,10000000102", "王五,不详,1972-03-03,", "赵六,男,1973-04-04,10000000104"} {
			text += row + "\n"
		}
		storetest.Must(t, os.WriteFile(filepath.Join(dir, "名册.csv"), []byte(text), 0o600))
	}
	read := func(s *sitting) (*sheet.Plan, error) {
		return sheet.Read(ctx, s.l, s.l.Kinds().Kind("villager"), s.path("名册.csv"), sheet.ReadOptions{})
	}
	look := func(dir string) (string, error) {
		return atRest(openVillage, dir, func(l *store.Ledger) (string, error) {
			rejected := sheet.RejectedPath(filepath.Join(dir, "名册.csv"))
			if _, err := os.Stat(rejected); err != nil {
				return "", nil
			}
			p, err := sheet.Read(ctx, l, l.Kinds().Kind("villager"), rejected, sheet.ReadOptions{})
			if err != nil {
				return "", err
			}
			return "\nrejected: " + p.Rows[0].Reason, nil
		})
	}
	(&operation{name: "import", begin: begin, look: look, open: openVillage, steps: []func(*sitting) error{
		func(s *sitting) error {
			p, err := read(s)
			if err != nil {
				return err
			}
			_, err = p.Apply(ctx, s.l)
			return err
		},
		func(s *sitting) error {
			p, err := read(s)
			if err != nil {
				return err
			}
			return p.WriteRejected(sheet.RejectedPath(s.path("名册.csv")))
		},
	}}).breakIt(t)
}

// TestBackup makes two copies.
func TestBackup(t *testing.T) {
	look := func(dir string) (string, error) {
		state, err := lookVillage(dir)
		for _, name := range []string{"一.db", "二.db"} {
			path := filepath.Join(dir, "备份", name)
			if _, missing := os.Stat(path); missing != nil || err != nil {
				continue
			}
			var copied string
			copied, err = atRest(func(string) (*store.Ledger, error) { return storetest.Open(ctx, path, store.Options{ReadOnly: true}) }, dir, nil)
			state += "\n" + name + "\n" + copied
		}
		return state, err
	}
	backup := func(name string) func(*sitting) error {
		return func(s *sitting) error {
			if err := store.MakePlace(s.path("备份")); err != nil {
				return err
			}
			return s.l.Backup(ctx, s.path("备份", name))
		}
	}
	(&operation{name: "backup", begin: beginVillage, look: look, open: openVillage, steps: []func(*sitting) error{
		backup("一.db"),
		func(s *sitting) error {
			_, err := s.l.Save(ctx, model.FromForm, storetest.Villager(t, s.l, 10))
			return err
		},
		backup("二.db"),
	}}).breakIt(t)
}
