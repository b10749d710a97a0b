package vault

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"filippo.io/age"
	"github.com/gofrs/flock"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/guard"
	"taizhang/store/keybox"
	"taizhang/store/transfer"
)

// answerMark begins the name of the file with which a county answers a forgotten passphrase:
// the identity under four words that the telephone carries, an age file that `age -d` opens
// with the words written together. For a backup it is the backup under the words.
const answerMark = "开锁_"

// Asked is what a village has sent whose passphrase is forgotten.
type Asked struct {
	About string // code and name of the unit, as its ledger says; of a backup its name
	keys  *keybox.Keys
	whole string // the path of a backup that is encrypted to the county as it is; "" for none
	by    age.Identity
}

// Whole tells whether a whole backup is given back, and not the ledger's key alone.
func (a *Asked) Whole() bool { return a.whole != "" }

// AnswerName is what the answer is called.
func (a *Asked) AnswerName() string {
	if a.whole != "" {
		return answerMark + filepath.Base(a.whole)
	}
	code, _, _ := strings.Cut(a.About, " ")
	return answerMark + strings.Map(func(r rune) rune {
		if r < 0x80 && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return '_'
		}
		return r
	}, code) + SealedSuffix
}

// Ask opens what a village sends: its ….county.age, the encrypted ledger itself, or an
// encrypted backup. county is the opener of the county's key file. *model.Error: E-NOFILE,
// E-KEY when it was made for another county's key, E-KEYBOX for a file that is neither.
func Ask(ctx context.Context, path string, county age.Identity) (*Asked, error) {
	wrapped, err := wrappedForCounty(path)
	if err != nil {
		return nil, err
	}
	if wrapped == nil { // a backup of a ledger that lies in clear
		err := decrypting(ctx, path, []age.Identity{county}, func(io.Reader, *source) error { return nil })
		return &Asked{About: filepath.Base(path), whole: path, by: county}, err
	}
	keys, err := keybox.FromCounty(wrapped, county)
	if err != nil {
		return nil, err
	}
	return &Asked{About: keys.About, keys: keys}, nil
}

// wrappedForCounty gives the small file, or what a large one carries of it; nil for a
// backup that carries none.
func wrappedForCounty(path string) ([]byte, error) {
	if box, ok := keybox.CarriedBy(path); ok {
		if box.County == nil && box.Kept {
			return nil, model.Errorf("E-KEY", "“%s”加密的时候还没有取入县里的配置文件,县里打不开", path)
		}
		return box.County, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, store.ReadFault(err, path)
	}
	const largest = 1 << 16
	data, err := io.ReadAll(io.LimitReader(f, largest+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, store.ReadFault(err, path)
	}
	if len(data) > largest {
		return nil, model.Errorf("E-KEYBOX", "“%s”不是村里送来开锁的文件;请村里拷贝台账旁边名字以 %s 结尾的那个文件", path, countySuffix)
	}
	return data, nil
}

// Answer writes to path, which must not be there yet, what opens under four words.
// *model.Error of writing, E-EXISTS.
func (a *Asked) Answer(ctx context.Context, path string, words []string) error {
	return a.answer(ctx, path, words, 0)
}

func (a *Asked) answer(ctx context.Context, path string, words []string, work int) error {
	if there(path) {
		return model.Errorf("E-EXISTS", "“%s”已经存在,请换一个文件名", path)
	}
	if a.whole != "" {
		return a.answerWhole(ctx, path, words, work)
	}
	locked, err := a.keys.Lock(transfer.Passphrase(words), work)
	if err != nil {
		return err
	}
	return store.FileFault(disk.WholeBytes(path, locked), path, "")
}

// answerWhole writes the backup anew; nothing of it is ever on the disk in clear.
func (a *Asked) answerWhole(ctx context.Context, path string, words []string, work int) error {
	keys, err := keybox.New(a.About)
	if err != nil {
		return err
	}
	locked, err := keys.Lock(transfer.Passphrase(words), work)
	if err != nil {
		return err
	}
	return decrypting(ctx, a.whole, []age.Identity{a.by}, func(opened io.Reader, from *source) error {
		return sealTo(ctx, path, keybox.Box{Recipient: keys.Recipient(), Locked: locked}, keys, func(w io.Writer) error {
			if _, err := copyAll(w, opened); err != nil {
				return from.told(err, a.whole)
			}
			return nil
		})
	})
}

// Reset takes the county's answer in: the ledger at path is opened by the new passphrase
// from now on, with a new identity. typed are the four words as they were typed.
// *model.Error: E-WORDS where they are not these, E-KEY where the answer is another
// ledger's, E-SHORT, E-LOCKED, those of writing; the old passphrase holds then.
func Reset(ctx context.Context, path, answer, typed, passphrase string) error {
	return reset(ctx, path, answer, typed, passphrase, 0)
}

func reset(ctx context.Context, path, answer, typed, passphrase string, work int) (err error) {
	if err := longEnough(passphrase); err != nil {
		return err
	}
	if path, err = guard.Resolve(path); err != nil {
		return store.ReadFault(err, path)
	}
	if strings.HasSuffix(strings.ToLower(answer), countySuffix) {
		return model.Errorf("E-KEYBOX", "这是要交给县里的文件,还没有开锁;请选县里给回来的那个,名字以“%s”开头", answerMark)
	}
	words, err := transfer.ReadWords(typed)
	if err != nil {
		return err
	}
	locked, err := os.ReadFile(answer)
	if err != nil {
		return store.ReadFault(err, answer)
	}
	keys, err := keybox.Unlock(locked, transfer.Passphrase(words))
	var known *model.Error
	if errors.As(err, &known) && known.Code == "E-PASSPHRASE" {
		return model.Errorf("E-WORDS", "这四个词打不开县里给的开锁文件;请与县里一个词一个词地核对,也看看是不是拿错了文件")
	}
	if err != nil {
		return err
	}
	var lock *flock.Flock
	if lock, err = sit(path); err != nil {
		return err
	}
	s := &Sitting{path: path, keys: keys, lock: lock, work: work}
	if err = s.fits(ctx); err == nil {
		err = s.Change(ctx, passphrase)
	}
	return errors.Join(err, s.free())
}

// fits asks that the identity opens the ledger: by what lies sealed or, where only the
// plain one lies there, by the public key.
func (s *Sitting) fits(ctx context.Context) error {
	other := model.Errorf("E-KEY", "县里给的开锁文件不是这本台账的,没有改动;请核对是不是拿错了文件")
	if there(s.path + SealedSuffix) {
		f, err := os.Open(s.path + SealedSuffix)
		if err != nil {
			return store.ReadFault(err, s.path+SealedSuffix)
		}
		_, err = age.Decrypt(&source{ctx: ctx, r: f}, s.keys.Identities()...)
		if err = errors.Join(err, f.Close()); err != nil {
			return other
		}
		return nil
	}
	public, err := os.ReadFile(s.path + publicSuffix)
	if err != nil {
		return store.ReadFault(err, s.path+publicSuffix)
	}
	recipient, _, err := keybox.ReadPublic(public)
	if err != nil {
		return err
	}
	if !s.keys.Has(recipient) {
		return other
	}
	return nil
}

// OpenSealed writes what a file that is encrypted to the ledger at path holds to out, in
// clear, which must not be there yet. The passphrase is the ledger's or that of the day on
// which the file was made; path need not be kept encrypted any more. *model.Error:
// E-PASSPHRASE, E-KEY, E-KEYBOX, E-EXISTS, those of writing.
func OpenSealed(ctx context.Context, path, file, out, passphrase string) error {
	if there(out) {
		return model.Errorf("E-EXISTS", "“%s”已经存在,请换一个文件名(--out)", out)
	}
	_, err := decryptTo(ctx, file, out, keybox.ByPassphrase(passphrase))
	if known := (*model.Error)(nil); err == nil || !errors.As(err, &known) || known.Code != "E-PASSPHRASE" {
		return err
	}
	_, keys, wrong := unlocked(path, passphrase)
	if wrong != nil {
		return err
	}
	_, err = decryptTo(ctx, file, out, keys.Identities()...)
	return err
}
