//! A disk whose content can be had as it is at one moment, and mounts that do not stay behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use super::super::unreadable;

/// How large the disk is: the smallest that has a journal with blocks of the usual size.
const N_BYTES: u64 = 16 << 20;
/// What the disk itself lies on has room for it and for a journal of its own.
const N_BYTES_BELOW: u64 = 64 << 20;

/// An ext4 in an image that lies on a further ext4. While that one is frozen the image does not change: the kernel
/// lets whoever writes there end the write that has begun, and holds up the next.
///
/// So a copy made meanwhile holds every block that had been written up to one moment, and none that was written later.
/// What the kernel had in memory only of the files is not in it. That is the disk after a power cut, as long as it holds
/// back no writes by itself.
pub(super) struct Disk {
    // Dropped in this order: the upper one is unmounted first.
    _above: Mount,
    below: Mount,
    image: PathBuf,
}

impl Disk {
    /// Makes such a disk in a folder and mounts it there as `disk`, with these options.
    pub(super) fn new(folder: &Path, options: &str) -> Result<Disk, String> {
        let lower = folder.join("below.img");
        make(&lower, N_BYTES_BELOW)?;
        let below = Mount::image(&lower, &folder.join("below"), "noatime")?;
        let image = below.path.join("disk.img");
        make(&image, N_BYTES)?;
        let above = Mount::image(&image, &folder.join("disk"), &format!("noatime,{options}"))?;
        Ok(Disk { _above: above, below, image })
    }

    /// Freezes once for nothing: the first time the kernel takes longer about it (a grace period of some 40 ms) than a
    /// command about all it does, and shortly after that hardly any time.
    pub(super) fn get_ready(&self) -> Result<(), String> {
        self.freeze().map(drop)
    }

    /// Returns what the disk would hold if the power went off now.
    pub(super) fn cut(&self) -> Result<Vec<u8>, String> {
        let _frozen = self.freeze()?;
        fs::read(&self.image).map_err(|error| unreadable(&self.image, &error))
    }

    /// The disk is as it is until the answer is dropped.
    fn freeze(&self) -> Result<Thaw<'_>, String> {
        let thaw = Thaw(&self.below.path);
        run(Command::new("fsfreeze").arg("--freeze").arg(&self.below.path))?;
        Ok(thaw)
    }
}

/// Lets what is frozen go on, in whatever way it is left.
struct Thaw<'a>(&'a Path);

impl Drop for Thaw<'_> {
    fn drop(&mut self) {
        // Again, should Ctrl-C hit it; where it was not frozen at all that is as good.
        let thaw = || run(Command::new("fsfreeze").arg("--unfreeze").arg(self.0));
        let _ = (0..3).find(|_| thaw().is_ok());
    }
}

/// Something mounted, until it is dropped; its loop device goes with it.
pub(super) struct Mount {
    pub path: PathBuf,
    is_mounted: bool,
}

impl Mount {
    /// Mounts an image.
    pub(super) fn image(image: &Path, path: &Path, options: &str) -> Result<Mount, String> {
        Mount::new(path, Command::new("mount").args(["-o", &format!("loop,{options}")]).arg(image))
    }

    /// Mounts a folder that lies in memory.
    pub(super) fn memory(path: &Path) -> Result<Mount, String> {
        Mount::new(path, Command::new("mount").args(["-t", "tmpfs", "-o", "size=64m", "kaohe-soak"]))
    }

    fn new(path: &Path, command: &mut Command) -> Result<Mount, String> {
        fs::create_dir_all(path).map_err(|error| unreadable(path, &error))?;
        run(command.arg(path))?;
        Ok(Mount { path: path.to_owned(), is_mounted: true })
    }

    /// Unmounts it, which has to succeed.
    pub(super) fn end(mut self) -> Result<(), String> {
        unmount(&self.path)?;
        self.is_mounted = false;
        Ok(())
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        if self.is_mounted && unmount(&self.path).is_err() {
            // It goes as soon as nobody uses it any more.
            let _ = run(Command::new("umount").arg("--lazy").arg(&self.path));
        }
    }
}

/// Unmounts; the kernel may still be busy with it for a moment.
fn unmount(path: &Path) -> Result<(), String> {
    let mut result = run(Command::new("umount").arg(path));
    for _ in 0..50 {
        if result.is_ok() {
            break;
        }
        thread::sleep(Duration::from_millis(20));
        result = run(Command::new("umount").arg(path));
    }
    result
}

/// Makes an empty ext4, with blocks as a disk has them.
fn make(image: &Path, n_bytes: u64) -> Result<(), String> {
    let file = fs::File::create(image).map_err(|error| unreadable(image, &error))?;
    file.set_len(n_bytes).map_err(|error| unreadable(image, &error))?;
    run(Command::new("mkfs.ext4").args(["-q", "-b", "4096"]).arg(image))
}

/// Runs a tool that has to succeed.
pub(super) fn run(command: &mut Command) -> Result<(), String> {
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let (out, err) =
                (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            Err(format!("{command:?} 没有做成：{}\n{out}{err}", output.status))
        }
        Err(error) => Err(format!("{command:?} 没能运行：{error}")),
    }
}
