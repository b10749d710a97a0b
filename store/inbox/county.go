package inbox

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/disk"
	"taizhang/store/quota"
	"taizhang/store/send"
)

// Add takes a file up among those that the county sends; note says what it is. The same
// name again takes the place of the former. *model.Error: E-MAIL-NAME for a kind of file
// that does not travel, E-MAIL-SIZE for one that is empty or too large, E-PERM, E-READ.
func Add(ctx context.Context, l *store.Ledger, path, note string) (Paper, error) {
	p := Paper{Name: filepath.Base(path), Note: strings.TrimSpace(model.Clean(note, false)), County: l.Home().Text("name")}
	if err := bundle.MailName(p.Name); err != nil {
		return p, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return p, disk.Told(err, "“"+path+"”没有读成", "")
	}
	switch {
	case !info.Mode().IsRegular():
		return p, model.Errorf("E-MAIL-NAME", "“%s”不是文件,请写一个文件;一个文件夹请先压缩成一个 .zip", p.Name)
	case info.Size() == 0:
		return p, model.Errorf("E-MAIL-SIZE", "“%s”是空的,没有下发", p.Name)
	case info.Size() > bundle.MaxMailFile:
		return p, model.Errorf("E-MAIL-SIZE", "“%s”有 %d 兆,一个文件最多 %d 兆:村里的U盘和电脑放不下太大的文件,请压缩后再发", p.Name, info.Size()>>20, bundle.MaxMailFile>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return p, disk.Told(err, "“"+path+"”没有读成", "")
	}
	sum := sha256.Sum256(data)
	p.Hash, p.Size = hex.EncodeToString(sum[:]), int64(len(data))
	err = inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		p.Added, p.Came = t.Stamp(), t.Stamp()
		for _, act := range []struct {
			text string
			args []any
		}{
			{"UPDATE mail SET withdrawn_at = ? WHERE name = ? AND hash <> ? AND withdrawn_at IS NULL", []any{t.Stamp(), p.Name, p.Hash}},
			{"DELETE FROM mail WHERE hash = ?", []any{p.Hash}},
			{"INSERT INTO mail (hash, name, note, county, added_at, came_at, content) VALUES (?, ?, ?, ?, ?, ?, ?)",
				[]any{p.Hash, p.Name, p.Note, p.County, p.Added, p.Came, data}},
		} {
			if err := t.Exec(ctx, act.text, act.args...); err != nil {
				return fmt.Errorf("mail %s: %w", p.Name, err)
			}
		}
		sent, err := papers(ctx, t, "withdrawn_at IS NULL")
		if err != nil {
			return err
		}
		total := int64(0)
		for _, s := range sent {
			total += s.Size
		}
		if total > bundle.MaxMail {
			return model.Errorf("E-MAIL-SIZE", "下发的文件一共 %d 兆,最多 %d 兆;请先收回不用再发的(county issue --withdraw 文件名)", total>>20, bundle.MaxMail>>20)
		}
		return nil
	})
	return p, err
}

// Withdraw takes a document back: it goes to no more sticks. What has come to a village
// stays there. *model.Error E-MAIL-GONE for a name that is not sent.
func Withdraw(ctx context.Context, l *store.Ledger, name string) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		sent, err := papers(ctx, t, "name = ? AND withdrawn_at IS NULL", name)
		if err != nil {
			return err
		}
		if len(sent) == 0 {
			return model.Errorf("E-MAIL-GONE", "下发的文件里没有“%s”,请核对文件名(county issue --list 列出)", model.Clean(name, false))
		}
		if err := t.Exec(ctx, "UPDATE mail SET withdrawn_at = ? WHERE hash = ?", t.Stamp(), sent[0].Hash); err != nil {
			return fmt.Errorf("mail %s: %w", name, err)
		}
		return nil
	})
}

// WriteOut writes what the county sends into the folder for it on a stick, the list last,
// and gives how many files it wrote. Each unit's plan of new members goes in the list,
// and the county's profile lies beside it, so that villages learn of every change. What lies there already is left alone. Where nothing
// is sent nothing is written. *model.Error: E-PERM, E-FULL, E-WRITE.
func WriteOut(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, stick string) (written int, err error) {
	sent, err := papers(ctx, inside(l).Readers(), "withdrawn_at IS NULL")
	if err != nil {
		return 0, inside(l).Explain(err)
	}
	dir := filepath.Join(stick, bundle.MailFolder)
	list := filepath.Join(dir, bundle.MailList)
	quotas, err := quota.Outgoing(ctx, l)
	if err != nil {
		return 0, err
	}
	profile, err := send.Profile(ctx, l)
	if err != nil {
		return 0, err
	}
	if len(sent) == 0 && len(quotas) == 0 && (profile == nil || profile.Version == 1) {
		// What was withdrawn must not be listed any more on a stick that goes round.
		if _, err := os.Lstat(list); err != nil {
			return 0, nil
		}
	}
	told := func(err error, path string) error { return disk.Told(err, "“"+path+"”没有写成", "") }
	if err := disk.MakeFolders(dir); err != nil {
		return 0, told(err, dir)
	}
	if err := writeProfile(ctx, l, key, dir); err != nil {
		return 0, err
	}
	m := bundle.Mail{County: l.Home().Text("name"), Quotas: quotas}
	for _, p := range sent {
		m.Files = append(m.Files, bundle.MailFile{Name: p.Name, Note: p.Note, Bytes: p.Size, Hash: p.Hash, Added: p.Added})
		path := filepath.Join(dir, p.Name)
		if size, sum, err := disk.Sum(path); err == nil && size == p.Size && sum == p.Hash {
			continue
		}
		data, err := content(ctx, inside(l).Readers(), p.Hash)
		if err != nil {
			return written, inside(l).Explain(err)
		}
		if err := disk.WholeBytes(path, data); err != nil {
			return written, told(err, path)
		}
		written++
	}
	data, err := bundle.SealMail(m, key, l.Source().Now())
	if err != nil {
		return written, err
	}
	return written, told(disk.WholeBytes(list, data), list)
}

// writeProfile writes the county's profile as it is handed out, unless it lies there.
func writeProfile(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, dir string) error {
	text, err := send.ProfileText(ctx, l)
	if err != nil || text == nil {
		return err
	}
	data, err := bundle.ProfileFile(text, key)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, profileFile)
	if have, err := os.ReadFile(path); err == nil && bytes.Equal(have, data) {
		return nil
	}
	return disk.Told(disk.WholeBytes(path, data), "“"+path+"”没有写成", "")
}

// profileFile is the county's profile among its letters.
const profileFile = "county.json"
