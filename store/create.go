package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
)

// Create makes a new ledger with its home organisation and its signing key, and
// opens it. It is built under another name, so that a power cut leaves no half of
// one. *model.Error: E-EXISTS (a file of that name is there), E-LOCKED, E-PERM;
// *Refusal when rules forbid the organisation.
func Create(ctx context.Context, path string, home Home, o Options) (*Ledger, error) {
	return createFilled(ctx, path, o, func(ctx context.Context, t *tx) error {
		id, err := t.l.source.NewID()
		if err != nil {
			return err
		}
		if err := t.setSetting(ctx, settingHome, id); err != nil {
			return err
		}
		return t.found(ctx, id, home)
	})
}

// CreateWith makes a new ledger as Create does, and takes the county's profile in
// (the bytes of county.json; nil for none). A profile that is refused leaves no
// ledger behind: *model.Error of SetProfile, with Field "profile".
func CreateWith(ctx context.Context, path string, home Home, profile []byte, o Options) (*Ledger, error) {
	l, err := Create(ctx, path, home, o)
	if err != nil || profile == nil {
		return l, err
	}
	err = l.SetProfile(ctx, profile)
	if err == nil {
		return l, nil
	}
	var known *model.Error
	if errors.As(err, &known) {
		err = &model.Error{Code: known.Code, Field: "profile", Message: known.Message}
	}
	return nil, errors.Join(err, l.Close(), Remove(l.path))
}

// HomeOfCard gives the organisation that a start card names.
func HomeOfCard(c *bundle.Card) Home {
	return Home{Code: c.Code, Name: c.Name, Kind: cmp.Or(c.Kind, "党支部"), Domain: cmp.Or(c.Domain, "行政村"), Township: c.Township, County: c.County}
}

// Remove takes a closed ledger away that was just made, with what lies beside it.
func Remove(path string) error {
	return errors.Join(removeDatabase(path), removeIfThere(lockPath(path)), removeIfThere(holderPath(path)))
}

// createFilled makes a new ledger with what fill writes: the home organisation's
// record and the setting that names it.
func createFilled(ctx context.Context, path string, o Options, fill func(context.Context, *tx) error) (*Ledger, error) {
	o.ReadOnly = false
	l, err := prepare(path, o)
	if err != nil {
		return nil, err
	}
	if err := l.create(ctx, fill); err != nil {
		err = errors.Join(explain(err, l.path), l.Close())
		if _, missing := os.Stat(l.path); missing != nil {
			// No ledger, no lock to leave behind; Windows removes it only now.
			err = errors.Join(err, removeIfThere(lockPath(l.path)))
		}
		return nil, err
	}
	return l, nil
}

func (l *Ledger) create(ctx context.Context, fill func(context.Context, *tx) error) (err error) {
	if err := refuseExisting(l.path); err != nil {
		return err
	}
	if err := makeFolders(filepath.Dir(l.path)); err != nil {
		return err
	}
	if l.lock, err = takeLock(l.path, l.by, time.Now()); err != nil {
		return err
	}
	if err := refuseExisting(l.path); err != nil { // another one was quicker
		return err
	}
	built := l.path + ".new"
	if err := removeDatabase(built); err != nil {
		return err
	}
	if err := l.build(ctx, built, fill); err != nil {
		return errors.Join(err, removeDatabase(built))
	}
	if err := os.Rename(built, l.path); err != nil {
		return err
	}
	if err := syncFolder(filepath.Dir(l.path)); err != nil {
		return err
	}
	if err := l.openForWriting(ctx); err != nil {
		return err
	}
	return l.load(ctx)
}

func refuseExisting(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return model.Errorf("E-EXISTS", "“%s”已经存在,不能新建;要用它请直接打开,要另建请换一个文件名", path)
	}
	return nil
}

// build writes the schema, the keys and what fill writes into a new file.
func (l *Ledger) build(ctx context.Context, path string, fill func(context.Context, *tx) error) (err error) {
	if err := createPrivate(path); err != nil {
		return err
	}
	if l.writer, err = raw.OpenWriter(ctx, path); err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, l.writer.Close())
		l.writer = nil
	}()
	if err := migrate(ctx, l.writer, path, schema(l.kinds, l.tables)); err != nil {
		return err
	}
	packs, err := packsFrom("")
	if err != nil {
		return err
	}
	l.packs.Store(packs)
	private, public, err := newKeys(l.source)
	if err != nil {
		return err
	}
	return l.write(ctx, func(ctx context.Context, t *tx) error {
		for _, s := range [][2]string{{settingSigningKey, private}, {settingPublicKey, public}} {
			if err := t.setSetting(ctx, s[0], s[1]); err != nil {
				return err
			}
		}
		return fill(ctx, t)
	})
}

// found writes the home organisation: its own home.
func (t *tx) found(ctx context.Context, id string, home Home) error {
	k := t.l.kinds.Kind(orgKind)
	r := model.New(t.env, k)
	r.ID, r.OrgID = id, id
	values := []struct{ field, typed string }{
		{orgCode, home.Code}, {orgName, home.Name}, {orgClass, home.Kind}, {orgDomain, home.Domain},
		{orgTownship, home.Township}, {orgCounty, home.County}, {orgRated, "是"},
	}
	for _, v := range values {
		f := k.Field(v.field)
		if f == nil || v.typed == "" {
			continue
		}
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
	return errors.Join(removeIfThere(path), removeIfThere(path+"-wal"), removeIfThere(path+"-shm"), removeIfThere(path+"-journal"))
}
