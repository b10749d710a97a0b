//go:build unix && !386 && !arm

package breaking

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// layerName is the name under which the layer is registered.
const layerName = "taizhang-breaking"

// header stands before what the system's own VFS keeps of an open file.
type header struct {
	methods uintptr // sqlite3_file.pMethods
	id      uintptr // in opened; 0 for a file without a name
}

const headerSize = unsafe.Sizeof(header{})

var (
	layer   lib.Tsqlite3_vfs
	methods lib.Tsqlite3_io_methods
	system  uintptr // the system's own VFS

	opened   sync.Map // id → *openFile
	lastID   atomic.Uintptr
	register sync.Once
	failed   error
)

// openFile is what the layer knows of a file that SQLite has open.
type openFile struct {
	path   string
	folder bool // the first sync brings the folder's entries to the disk too
}

// set puts a function where SQLite calls it by its address.
func set[F any](at *uintptr, f F) { *(*F)(unsafe.Pointer(at)) = f }

// get makes a function of its address.
func get[F any](at uintptr) F { return *(*F)(unsafe.Pointer(&struct{ uintptr }{at})) }

// registerLayer makes the layer known to SQLite, once: connections may use it as long as
// the process lives.
func registerLayer() error {
	register.Do(func() {
		tls := libc.NewTLS()
		defer tls.Close()
		system = lib.Xsqlite3_vfs_find(tls, 0)
		name, err := libc.CString(layerName)
		if system == 0 || err != nil {
			failed = errors.Join(errors.New("no VFS"), err)
			return
		}
		layer = *sys()
		layer.FpNext, layer.FzName = 0, name
		layer.FszOsFile += int32(headerSize)
		set(&layer.FxOpen, layerOpen)
		set(&layer.FxDelete, layerDelete)
		setMethods()
		if rc := lib.Xsqlite3_vfs_register(tls, uintptr(unsafe.Pointer(&layer)), 0); rc != lib.SQLITE_OK {
			failed = errors.New("the layer can't be registered")
		}
	})
	return failed
}

// setMethods fills the table of what SQLite does to an open file. Version 2 is all that a
// log needs; without version 3 nothing is mapped into memory past xWrite.
func setMethods() {
	methods.FiVersion = 2
	set(&methods.FxClose, fileClose)
	set(&methods.FxRead, fileRead)
	set(&methods.FxWrite, fileWrite)
	set(&methods.FxTruncate, fileTruncate)
	set(&methods.FxSync, fileSync)
	set(&methods.FxFileSize, fileSize)
	set(&methods.FxLock, fileLock)
	set(&methods.FxUnlock, fileUnlock)
	set(&methods.FxCheckReservedLock, fileCheckReservedLock)
	set(&methods.FxFileControl, fileControl)
	set(&methods.FxSectorSize, fileSectorSize)
	set(&methods.FxDeviceCharacteristics, fileCharacteristics)
	set(&methods.FxShmMap, fileShmMap)
	set(&methods.FxShmLock, fileShmLock)
	set(&methods.FxShmBarrier, fileShmBarrier)
	set(&methods.FxShmUnmap, fileShmUnmap)
}

// at gives what SQLite names by its address: memory of its own, which Go neither moves nor
// takes back.
func at[T any](address uintptr) *T { return (*T)(*(*unsafe.Pointer)(unsafe.Pointer(&address))) }

func sys() *lib.Tsqlite3_vfs { return at[lib.Tsqlite3_vfs](system) }

// under gives the system's part of an open file.
func under(file uintptr) uintptr { return file + headerSize }

// of gives the system's methods of an open file.
func of(file uintptr) *lib.Tsqlite3_io_methods {
	return at[lib.Tsqlite3_io_methods](at[lib.Tsqlite3_file](under(file)).FpMethods)
}

func head(file uintptr) *header { return at[header](file) }

// known gives what the layer knows of an open file, nil for one without a name.
func known(file uintptr) *openFile {
	f, _ := opened.Load(head(file).id)
	of, _ := f.(*openFile)
	return of
}

// passed asks the machine before a call and gives SQLite's code for what it says.
func passed(c Call, full, broken int32) int32 {
	c.SQLite = true
	switch err := see(c); {
	case err == nil:
		return lib.SQLITE_OK
	case errors.Is(err, syscall.ENOSPC):
		return full
	}
	return broken
}

func layerOpen(tls *libc.TLS, _ uintptr, name, file uintptr, flags int32, out uintptr) int32 {
	*head(file) = header{}
	var f *openFile
	if name != 0 {
		f = &openFile{path: filepath.Clean(libc.GoString(name))}
		creates := flags&lib.SQLITE_OPEN_CREATE != 0
		// As the system's own VFS does (unixOpen, UNIXFILE_DIRSYNC).
		f.folder = creates && flags&(lib.SQLITE_OPEN_SUPER_JOURNAL|lib.SQLITE_OPEN_MAIN_JOURNAL|lib.SQLITE_OPEN_WAL) != 0
		if _, err := os.Lstat(f.path); creates && errors.Is(err, os.ErrNotExist) {
			if rc := passed(Call{Kind: Made, Path: f.path}, lib.SQLITE_CANTOPEN, lib.SQLITE_CANTOPEN); rc != lib.SQLITE_OK {
				return rc
			}
		}
	}
	rc := get[func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32](sys().FxOpen)(tls, system, name, under(file), flags, out)
	if at[lib.Tsqlite3_file](under(file)).FpMethods == 0 {
		return rc
	}
	head(file).methods = uintptr(unsafe.Pointer(&methods))
	if f != nil {
		head(file).id = lastID.Add(1)
		opened.Store(head(file).id, f)
	}
	return rc
}

func layerDelete(tls *libc.TLS, _ uintptr, name uintptr, folder int32) int32 {
	path := filepath.Clean(libc.GoString(name))
	if _, err := os.Lstat(path); err == nil {
		rc := passed(Call{Kind: Removed, Path: path, Folder: folder&1 != 0}, lib.SQLITE_IOERR_DELETE, lib.SQLITE_IOERR_DELETE)
		if rc != lib.SQLITE_OK {
			return rc
		}
	}
	return get[func(*libc.TLS, uintptr, uintptr, int32) int32](sys().FxDelete)(tls, system, name, folder)
}

func fileClose(tls *libc.TLS, file uintptr) int32 {
	opened.Delete(head(file).id)
	return get[func(*libc.TLS, uintptr) int32](of(file).FxClose)(tls, under(file))
}

func fileRead(tls *libc.TLS, file, to uintptr, n int32, offset int64) int32 {
	return get[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](of(file).FxRead)(tls, under(file), to, n, offset)
}

// fileWrite writes, or writes the first half and fails: a full disk takes what it can.
func fileWrite(tls *libc.TLS, file, from uintptr, n int32, offset int64) int32 {
	write := get[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](of(file).FxWrite)
	if f := known(file); f != nil {
		data := unsafe.Slice(at[byte](from), int(n))
		rc := passed(Call{Kind: Written, Path: f.path, At: offset, Data: data}, lib.SQLITE_FULL, lib.SQLITE_IOERR_WRITE)
		if rc == lib.SQLITE_FULL && n > 1 {
			write(tls, under(file), from, n/2, offset)
		}
		if rc != lib.SQLITE_OK {
			return rc
		}
	}
	return write(tls, under(file), from, n, offset)
}

func fileTruncate(tls *libc.TLS, file uintptr, size int64) int32 {
	if f := known(file); f != nil {
		rc := passed(Call{Kind: Cut, Path: f.path, At: size}, lib.SQLITE_IOERR_TRUNCATE, lib.SQLITE_IOERR_TRUNCATE)
		if rc != lib.SQLITE_OK {
			return rc
		}
	}
	return get[func(*libc.TLS, uintptr, int64) int32](of(file).FxTruncate)(tls, under(file), size)
}

func fileSync(tls *libc.TLS, file uintptr, flags int32) int32 {
	f := known(file)
	if f != nil {
		rc := passed(Call{Kind: Synced, Path: f.path, Folder: f.folder}, lib.SQLITE_IOERR_FSYNC, lib.SQLITE_IOERR_FSYNC)
		if rc != lib.SQLITE_OK {
			return rc
		}
		f.folder = false
	}
	if here.Load() != nil { // the machine keeps what was synced; the disk under the test need not
		return lib.SQLITE_OK
	}
	return get[func(*libc.TLS, uintptr, int32) int32](of(file).FxSync)(tls, under(file), flags)
}

func fileSize(tls *libc.TLS, file, to uintptr) int32 {
	return get[func(*libc.TLS, uintptr, uintptr) int32](of(file).FxFileSize)(tls, under(file), to)
}

func fileLock(tls *libc.TLS, file uintptr, how int32) int32 {
	return get[func(*libc.TLS, uintptr, int32) int32](of(file).FxLock)(tls, under(file), how)
}

func fileUnlock(tls *libc.TLS, file uintptr, how int32) int32 {
	return get[func(*libc.TLS, uintptr, int32) int32](of(file).FxUnlock)(tls, under(file), how)
}

func fileCheckReservedLock(tls *libc.TLS, file, to uintptr) int32 {
	return get[func(*libc.TLS, uintptr, uintptr) int32](of(file).FxCheckReservedLock)(tls, under(file), to)
}

func fileControl(tls *libc.TLS, file uintptr, op int32, arg uintptr) int32 {
	return get[func(*libc.TLS, uintptr, int32, uintptr) int32](of(file).FxFileControl)(tls, under(file), op, arg)
}

func fileSectorSize(tls *libc.TLS, file uintptr) int32 {
	return get[func(*libc.TLS, uintptr) int32](of(file).FxSectorSize)(tls, under(file))
}

func fileCharacteristics(tls *libc.TLS, file uintptr) int32 {
	return get[func(*libc.TLS, uintptr) int32](of(file).FxDeviceCharacteristics)(tls, under(file))
}

// fileShmMap asks before the shared memory's file is made or grows.
func fileShmMap(tls *libc.TLS, file uintptr, region, size, extend int32, to uintptr) int32 {
	if f := known(file); f != nil {
		info, err := os.Stat(f.path + "-shm")
		if err != nil || extend != 0 && info.Size() < int64(region+1)*int64(size) {
			full, broken := int32(lib.SQLITE_IOERR_SHMSIZE), int32(lib.SQLITE_IOERR_SHMMAP)
			if err != nil {
				full, broken = lib.SQLITE_CANTOPEN, lib.SQLITE_CANTOPEN
			}
			if rc := passed(Call{Kind: Shared, Path: f.path + "-shm"}, full, broken); rc != lib.SQLITE_OK {
				*at[uintptr](to) = 0
				return rc
			}
		}
	}
	return get[func(*libc.TLS, uintptr, int32, int32, int32, uintptr) int32](of(file).FxShmMap)(tls, under(file), region, size, extend, to)
}

func fileShmLock(tls *libc.TLS, file uintptr, offset, n, flags int32) int32 {
	return get[func(*libc.TLS, uintptr, int32, int32, int32) int32](of(file).FxShmLock)(tls, under(file), offset, n, flags)
}

func fileShmBarrier(tls *libc.TLS, file uintptr) {
	get[func(*libc.TLS, uintptr)](of(file).FxShmBarrier)(tls, under(file))
}

func fileShmUnmap(tls *libc.TLS, file uintptr, remove int32) int32 {
	return get[func(*libc.TLS, uintptr, int32) int32](of(file).FxShmUnmap)(tls, under(file), remove)
}
