package inbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/copies"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
	"taizhang/store/quota"
	"taizhang/store/send"
)

// TakeIn takes in what the county has sent on a stick, its plan of new members and its
// profile too, and
// gives the documents that are new; nothing on
// a stick without it. *model.Error: E-NOPROFILE while no county is known, those of
// bundle.OpenMail, E-MAIL for a file that is not as it was listed: the others are taken
// in then too, and are given.
func TakeIn(ctx context.Context, l *store.Ledger, stick string) ([]Paper, error) {
	dir := filepath.Join(stick, bundle.MailFolder)
	data, err := read(filepath.Join(dir, bundle.MailList), bundle.MaxSealed)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, disk.Told(err, "U盘里的“"+bundle.MailFolder+"”没有读成", "")
	}
	profile, err := send.Profile(ctx, l)
	if err != nil {
		return nil, err
	}
	if profile == nil {
		return nil, model.Errorf("E-NOPROFILE", "还没有县里的配置文件,不知道U盘里的来件是不是本县发的;请先在设置里取入 county.json")
	}
	wrong := takeProfile(ctx, l, filepath.Join(dir, profileFile))
	if profile, err = send.Profile(ctx, l); err != nil {
		return nil, err
	}
	m, err := bundle.OpenMail(data, profile.PublicKey)
	if known := (*model.Error)(nil); errors.As(err, &known) && known.Code == "E-MAIL-KEY" {
		// A stick that was written before the county changed its key has nothing new.
		if old, fault := send.WasCountyKey(ctx, l, m.PublicKey); old || fault != nil {
			return nil, fault
		}
	}
	if err != nil {
		return nil, err
	}
	var fresh []Paper
	for _, f := range m.Files {
		p := Paper{Hash: f.Hash, Name: f.Name, Note: model.Clean(f.Note, false), County: model.Clean(m.County, false), Size: f.Bytes, Added: f.Added}
		took, err := take(ctx, l, &p, filepath.Join(dir, f.Name))
		var known *model.Error
		switch {
		case errors.As(err, &known):
			wrong = err
		case err != nil:
			return fresh, err
		case took:
			fresh = append(fresh, p)
		}
	}
	if _, err := quota.TakeIn(ctx, l, m.Quotas, m.Written); err != nil {
		return fresh, err
	}
	return fresh, wrong
}

// takeProfile takes in the county's profile where a newer one lies there. One that is not
// this county's, or under a key that nobody announced, is refused as elsewhere.
func takeProfile(ctx context.Context, l *store.Ledger, path string) error {
	data, err := read(path, bundle.MaxSealed)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil && !send.HasProfile(ctx, l, data) { // else there is nothing to take in
		_, err = copies.Before(ctx, l, copies.Profile)
	}
	if err == nil {
		err = send.SetProfile(ctx, l, data)
	}
	var known *model.Error
	switch {
	case errors.As(err, &known) && known.Code == "E-PROFILE-OLD": // sticks keep old ones
		return nil
	case errors.As(err, &known) || err == nil:
		return err
	}
	return disk.Told(err, "U盘里的“"+profileFile+"”没有读成", "")
}

// take takes one document in, unless it is there.
func take(ctx context.Context, l *store.Ledger, p *Paper, path string) (bool, error) {
	n, err := raw.Number(ctx, inside(l).Readers(), "SELECT count(*) FROM mail WHERE hash = ?", p.Hash)
	if n > 0 || err != nil {
		return false, inside(l).Explain(err)
	}
	data, err := read(path, bundle.MaxMailFile)
	if err != nil {
		return false, disk.Told(err, "来件“"+p.Name+"”没有读成", "")
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != p.Hash {
		return false, model.Errorf("E-MAIL", "来件“%s”与县里发的不一样,可能没有拷完或被改动过,没有取入;请向县(市)委组织部重新要一份", p.Name)
	}
	return true, inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		p.Came = t.Stamp()
		err := t.Exec(ctx, "INSERT OR IGNORE INTO mail (hash, name, note, county, added_at, came_at, content) VALUES (?, ?, ?, ?, ?, ?, ?)",
			p.Hash, p.Name, p.Note, p.County, p.Added, p.Came, data)
		if err != nil {
			return fmt.Errorf("mail %s: %w", p.Name, err)
		}
		return nil
	})
}

// read reads a small file; one above the limit is an error.
func read(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, model.Errorf("E-MAIL", "“%s”太大,没有取入", filepath.Base(path))
	}
	return data, nil
}
