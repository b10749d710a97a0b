package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"taizhang/model"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
)

// Home is the organisation whose record book a ledger is.
type Home struct {
	Code, Name, Kind, Domain, Township, County string
	// FirstMonth is the month from which the book is kept; "" says nothing of it.
	FirstMonth model.Month
}

// Create makes a new ledger of a book with its home organisation and what the book
// begins with, and opens it. It is built under another name, so that a power cut leaves no half of
// one. *model.Error: E-MONTH, E-EXISTS (a file of that name is there), E-LOCKED, E-PERM;
// *Refusal when rules forbid the organisation.
func Create(ctx context.Context, path string, home Home, o Options) (*Ledger, error) {
	return CreateFilled(ctx, raw.Pass{}, path, o, func(ctx context.Context, t *Tx) error {
		id, err := t.l.source.NewID()
		if err != nil {
			return err
		}
		if err := t.SetSetting(ctx, SettingHome, id); err != nil {
			return err
		}
		if err := t.begin(ctx, home.FirstMonth); err != nil {
			return err
		}
		return t.found(ctx, id, home)
	})
}

// begin notes from which month the book is kept: *model.Error E-MONTH for one that is
// none or to come.
func (t *Tx) begin(ctx context.Context, first model.Month) error {
	today := t.env.Today.Month()
	switch {
	case first == "":
		return nil
	case !first.Valid():
		return &model.Error{Code: "E-MONTH", Field: "first_month", Message: fmt.Sprintf("“%s”不是月份,请写成 2026-10", model.Clean(string(first), false))}
	case first > today:
		return &model.Error{Code: "E-MONTH", Field: "first_month", Message: fmt.Sprintf("建账月份最晚是本月(%s),请核对", today.Chinese())}
	}
	return t.SetSetting(ctx, SettingFirstMonth, string(first))
}

// Remove takes a closed ledger away that was just made, with what lies beside it.
func Remove(path string) error {
	return errors.Join(removeDatabase(path), disk.Remove(lockPath(path)), disk.Remove(holderPath(path)))
}

// CreateFilled makes a new ledger with what fill writes: the home organisation's
// record and the setting that names it (SettingHome). It is for the packages under
// store. *model.Error: as Create.
func CreateFilled(ctx context.Context, _ raw.Pass, path string, o Options, fill func(context.Context, *Tx) error) (*Ledger, error) {
	o.ReadOnly = false
	l, err := prepare(path, o)
	if err != nil {
		return nil, err
	}
	if err := l.create(ctx, fill); err != nil {
		err = errors.Join(explain(err, l.path), l.Close())
		if l.named { // what is called failed does not stand, and can be done again
			err = errors.Join(err, removeDatabase(l.path))
		}
		if _, missing := os.Stat(l.path); missing != nil {
			// No ledger, no lock to leave behind; Windows removes it only now.
			err = errors.Join(err, disk.Remove(lockPath(l.path)))
		}
		return nil, err
	}
	return l, nil
}

func (l *Ledger) create(ctx context.Context, fill func(context.Context, *Tx) error) (err error) {
	if err := l.findInterrupted(); err != nil {
		return err
	}
	if err := refuseExisting(l.path); err != nil {
		return err
	}
	if err := disk.MakeFolders(filepath.Dir(l.path)); err != nil {
		return err
	}
	if l.lock, err = takeLock(l.path, l.by, time.Now()); err != nil {
		return err
	}
	if err := refuseExisting(l.path); err != nil { // another one was quicker
		return err
	}
	built := building(l.path)
	if err := removeDatabase(built); err != nil {
		return err
	}
	if err := l.build(ctx, built, fill); err != nil {
		return errors.Join(explain(err, l.path), removeDatabase(built)) // explained while it is there
	}
	if err := disk.Rename(built, l.path); err != nil {
		return errors.Join(err, removeDatabase(built))
	}
	l.named = true
	if err := disk.SyncFolder(filepath.Dir(l.path)); err != nil {
		return errors.Join(err, removeDatabase(l.path)) // it could be gone after a power cut
	}
	if err := disk.Still(l.path); err != nil {
		return err
	}
	if err := l.openForWriting(ctx); err != nil {
		return err
	}
	return l.load(ctx)
}

// building gives the name under which a new ledger is built.
func building(path string) string { return path + ".new" }

// SealedSuffix ends the name of a ledger that lies there encrypted; see store/vault.
const SealedSuffix = ".age"

func refuseExisting(path string) error {
	if there(path + SealedSuffix) {
		return model.Errorf("E-EXISTS", "“%s”是加密的台账,打上口令就能打开;要另建一本,请换一个文件夹或文件名", path+SealedSuffix)
	}
	if _, err := os.Lstat(path); err == nil {
		return model.Errorf("E-EXISTS", "“%s”已经存在,不能新建;要用它请直接打开,要另建请换一个文件名", path)
	}
	return nil
}

// build writes the schema, what the book begins with and what fill writes into a new file.
func (l *Ledger) build(ctx context.Context, path string, fill func(context.Context, *Tx) error) (err error) {
	if err := disk.CreatePrivate(path); err != nil {
		return err
	}
	if l.writer, err = raw.OpenWriter(ctx, path); err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, l.writer.Close())
		l.writer = nil
	}()
	if err := migrate(ctx, l.writer, path, schema(l.book, l.tables)); err != nil {
		return err
	}
	packs, err := l.book.Limits("")
	if err != nil {
		return err
	}
	l.packs.Store(packs)
	err = l.write(ctx, func(ctx context.Context, t *Tx) error {
		if l.book.Begin != nil {
			if err := l.book.Begin(ctx, t); err != nil {
				return err
			}
		}
		if err := t.SetSetting(ctx, settingSearchForm, strconv.Itoa(model.SearchForm)); err != nil {
			return err
		}
		return fill(ctx, t)
	})
	if err != nil {
		return err
	}
	// The file alone gets its name. Closing merges the log too, but doesn't say when the
	// disk refused: the ledger would stand there without what is in it.
	return drain(l.writer.Once(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"))
}

// found writes the home organisation: its own home.
func (t *Tx) found(ctx context.Context, id string, home Home) error {
	org := t.l.book.Org
	k := t.l.kinds.Kind(org.Kind)
	r := model.New(t.env, k)
	r.ID, r.OrgID = id, id
	values := []struct{ field, typed string }{
		{org.Code, home.Code}, {org.Name, home.Name}, {org.Class, home.Kind}, {org.Domain, home.Domain},
		{org.Township, home.Township}, {org.County, home.County},
	}
	for field, typed := range org.Home {
		values = append(values, struct{ field, typed string }{field, typed})
	}
	for _, v := range values {
		if v.typed == "" || !t.l.book.has(v.field) {
			continue
		}
		f := k.Field(v.field)
		value, err := f.Type.Parse(f, v.typed)
		if err != nil {
			return fmt.Errorf("%w", err)
		}
		r.Set(v.field, value)
	}
	_, err := t.save(ctx, r, model.FromForm, 0)
	return err
}

// removeDatabase removes a file and what SQLite keeps beside it.
func removeDatabase(path string) error {
	return errors.Join(disk.Remove(path), disk.Remove(path+"-wal"), disk.Remove(path+"-shm"), disk.Remove(path+"-journal"))
}
