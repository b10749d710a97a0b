package copies

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
)

// Folder is where the backups of a ledger lie that are made by themselves.
func Folder(ledger string) string { return store.BackupFolder(ledger) }

// settingPlace keeps the second place as a JSON object.
const settingPlace = "backup.place"

// Place is a second place for backups, which need not be there at the moment.
type Place struct {
	Dir string `json:"dir"`
	// Volume is the serial number of the disk that was there when the place was set: under
	// the same letter another stick may be plugged in. "" where the system doesn't say.
	Volume string `json:"volume,omitempty"`
}

// PlaceOf gives the second place of a ledger, nil where none is set.
func PlaceOf(ctx context.Context, l *store.Ledger) (*Place, error) {
	text, err := l.Setting(ctx, settingPlace)
	if err != nil || text == "" {
		return nil, err
	}
	p := &Place{}
	if json.Unmarshal([]byte(text), p) != nil || p.Dir == "" {
		return nil, nil // damaged: it has to be set anew
	}
	return p, nil
}

// SetPlace sets the second place to a folder that is there; "" takes it away. note is what a
// person should know of it, in Chinese, "" for nothing. *model.Error: E-DIR, E-GONE,
// E-BACKUP-KEY where backups there must be encrypted and no passphrase is set. sealed tells
// that the ledger is kept encrypted: then its own passphrase opens them.
func SetPlace(ctx context.Context, l *store.Ledger, dir string, drives []string, sealed bool) (note string, err error) {
	if dir == "" {
		return "", l.SetSetting(ctx, settingPlace, "")
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return "", fmt.Errorf("place: %w", err)
	}
	if err := store.CheckPlace(dir); err != nil {
		return "", err
	}
	key, err := KeptKey(ctx, l)
	if err != nil {
		return "", err
	}
	portable := Portable(dir, drives)
	if portable && key == nil && !sealed {
		return "", NoKey()
	}
	p := Place{Dir: dir}
	if d, err := disk.DeviceOf(dir); err == nil {
		p.Volume = d.Volume
	}
	text, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("place: %w", err)
	}
	if !portable && !elsewhere(l.Path(), dir, drives) {
		note = "这个文件夹与台账在同一块硬盘上:硬盘坏了,两边的备份都没了。最好选U盘或别的硬盘"
	}
	return note, l.SetSetting(ctx, settingPlace, string(text))
}

// gone says in Chinese why nothing can be written at the place now; "" when it can.
func (p *Place) gone() string {
	if err := store.CheckPlace(p.Dir); err != nil {
		return "“" + p.Dir + "”不在(U盘没有插好,或文件夹没有了)"
	}
	d, err := disk.DeviceOf(p.Dir)
	if err == nil && d.Volume != "" && p.Volume != "" && d.Volume != p.Volume {
		return "“" + p.Dir + "”插的不是设置备份位置时的那个U盘"
	}
	return ""
}

var unfit = model.NewPattern(`[^\p{Han}0-9A-Za-z._-]+`)

// folder is where the backups of a ledger on this computer lie at the place: those of another
// computer, or of another ledger here, are none of ours to thin out.
func (p *Place) folder(l *store.Ledger) string {
	host, err := os.Hostname()
	if err != nil || host == "" {
		host = "本机"
	}
	name := namePrefix + l.Home().Str(l.Inside(raw.Pass{}).Book().Org.Code) + "_" + unfit.ReplaceAllString(host, "")
	if stem := strings.TrimSuffix(filepath.Base(l.Path()), plainEnd); stem != "ledger" {
		name += "_" + unfit.ReplaceAllString(stem, "")
	}
	return filepath.Join(p.Dir, name)
}

// elsewhere tells whether a path lies on another disk than the ledger, or where it can be
// taken along.
func elsewhere(ledger, path string, drives []string) bool {
	if Portable(path, drives) {
		return true
	}
	a, errA := disk.DeviceOf(disk.NearestFolder(filepath.Dir(ledger)))
	b, errB := disk.DeviceOf(disk.NearestFolder(path))
	return errA == nil && errB == nil && !a.Same(b)
}

func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// state is what is remembered of a ledger's backups beside those that lie there: in a file
// of their folder, since the ledger itself may be restored from an old one of them.
type state struct {
	Elsewhere []placed `json:"elsewhere,omitempty"` // the oldest first
	Missed    *missed  `json:"missed,omitempty"`    // at the second place
	Fault     *missed  `json:"fault,omitempty"`     // beside the ledger
	Few       string   `json:"few,omitempty"`       // why fewer are kept than should be
	FewThere  string   `json:"few_there,omitempty"`
	// Expired is the moment before which nothing at the second place may stay, once that is
	// there again.
	Expired string `json:"expired,omitempty"`
}

// placed is a backup at another place.
type placed struct {
	At   time.Time `json:"at"`
	Path string    `json:"path"`
}

// missed tells since when none was made, and why.
type missed struct {
	Since model.Date `json:"since"`
	Dir   string     `json:"dir,omitempty"`
	Why   string     `json:"why"`
}

const (
	stateFile   = "备份情况.json"
	mostStated  = 20
	largestFile = 1 << 20
)

func readState(ledger string) *state {
	s := &state{}
	path := filepath.Join(Folder(ledger), stateFile)
	if info, err := os.Stat(path); err != nil || info.Size() > largestFile {
		return s
	}
	text, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(text, s) != nil {
		return &state{} // it is a help: what lies there tells the most
	}
	return s
}

func (s *state) write(ledger string) error {
	s.Elsewhere = s.Elsewhere[max(len(s.Elsewhere)-mostStated, 0):]
	text, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return fmt.Errorf("backups: %w", err)
	}
	if err := disk.MakeFolders(Folder(ledger)); err != nil {
		return err
	}
	return disk.WholeBytes(filepath.Join(Folder(ledger), stateFile), text)
}

// NoteElsewhere remembers that a backup, made by hand, lies at path, if that is another disk
// than the ledger's or can be taken along. Where that can't be noted nothing is lost.
func NoteElsewhere(l *store.Ledger, path string, drives []string) error {
	if !elsewhere(l.Path(), path, drives) {
		return nil
	}
	s := readState(l.Path())
	s.Elsewhere = append(s.Elsewhere, placed{l.Source().Now(), path})
	err := s.write(l.Path())
	if _, system := disk.CauseOf(err); system || errors.As(err, new(*model.Error)) {
		return nil //nolint:nilerr // See above.
	}
	return err
}
